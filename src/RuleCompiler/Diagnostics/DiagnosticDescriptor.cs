using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Text;

namespace RuleCompiler.Diagnostics;

/// <summary>One kind of diagnostic: its ID, severity, texts, and an example that a test executes.</summary>
/// <param name="Id"><c>IPT</c> and four digits; unique, never reused, the first digit tells the stage.</param>
/// <param name="Severity">Severity unless configured otherwise.</param>
public sealed record DiagnosticDescriptor(string Id, DiagnosticSeverity Severity)
{
    /// <summary>A few words, for lists.</summary>
    public required string Title { get; init; }

    /// <summary>Composite format of the message: what is wrong, names in single quotes, no full stop.</summary>
    public required string Message { get; init; }

    /// <summary>Why it is so and what to do; a paragraph or two.</summary>
    public required string Explanation { get; init; }

    /// <summary>
    /// An input that shows the diagnostic, its span marked <c>[|like this|]</c>.
    /// Executed by a test: exactly this diagnostic, at exactly this span, and no other error.
    /// </summary>
    public required string Example { get; init; }

    /// <summary>The example put right: a test finds no diagnostic in it.</summary>
    public required string Corrected { get; init; }

    /// <summary>The machine of the examples, as <c>--host</c> reads it; null where the dump is enough.</summary>
    public string? ExampleHost { get; init; }

    /// <summary>The diagnostic of this kind at <paramref name="location"/>.</summary>
    public Diagnostic At(Location location, params ImmutableArray<string> arguments) => new(this, location, arguments);

    internal string Format(ImmutableArray<string> arguments) =>
        string.Format(CultureInfo.InvariantCulture, Message, [.. arguments]);
}
