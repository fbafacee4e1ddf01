using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Diagnostics;

/// <summary>Something to say about a place in an input.</summary>
/// <param name="Descriptor">What kind it is.</param>
/// <param name="Location">The smallest span that is wrong.</param>
/// <param name="Arguments">What the message's placeholders stand for.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, Location Location, ImmutableArray<string> Arguments)
{
    /// <summary>The descriptor's ID, such as <c>IPT2001</c>.</summary>
    public string Id => Descriptor.Id;

    /// <summary>The severity in force.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>The message, without place, severity and ID.</summary>
    public string Message => Descriptor.Format(Arguments);

    /// <summary>The places that cause it, each with a word on how.</summary>
    public ImmutableArray<RelatedLocation> Related { get; init; } = [];

    /// <summary>The line <c>PATH(LINE,COLUMN): severity ID: message</c>.</summary>
    public override string ToString()
    {
        var start = Location.Start;
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        return $"{Location.Source.Path}({start.Line},{start.Column}): {severity} {Id}: {Message}";
    }
}
