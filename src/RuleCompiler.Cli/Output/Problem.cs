using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;

namespace RuleCompiler.Cli.Output;

/// <summary>A problem as it is printed, whether it has a place in a text or concerns a whole file.</summary>
/// <param name="Path">The input as the user named it.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Id">Such as <c>IPT2001</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Line">1-based; null for a whole file.</param>
/// <param name="Column">1-based, in characters.</param>
internal sealed record Problem(
    string Path, DiagnosticSeverity Severity, string Id, string Message, int? Line = null, int? Column = null)
{
    public static Problem Of(Diagnostic diagnostic) => new(
        diagnostic.Location.Source.Path, diagnostic.Severity, diagnostic.Id, diagnostic.Message,
        diagnostic.Location.Start.Line, diagnostic.Location.Start.Column);

    public static Problem Of(Finding finding) => new(
        finding.Location.Source.Path, finding.Severity, finding.Id, finding.Message,
        finding.Location.Start.Line, finding.Location.Start.Column);

    /// <summary>A problem of a whole file.</summary>
    public static Problem OfFile(string path, DiagnosticDescriptor descriptor, string message) =>
        new(path, descriptor.Severity, descriptor.Id, message);

    /// <summary>The word for a severity, as problem lines and JSON have it.</summary>
    public static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}
