using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Scenarios.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>A scenario file taken apart into statements; what they mean together, <see cref="ScenarioBinder"/> says.</summary>
/// <param name="Text">The file.</param>
/// <param name="Statements">The lines that could be read, in order.</param>
/// <param name="Diagnostics">What could not, in order of place.</param>
internal sealed record ScenarioSyntax(
    SourceText Text, ImmutableArray<StatementSyntax> Statements, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Reads a file; a line with an error is reported, and the next one read.</summary>
    public static ScenarioSyntax Parse(SourceText text) => ScenarioParserRun.Parse(text);
}
