using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;

namespace RuleCompiler.Cli.Output;

/// <summary>What a lint run found.</summary>
/// <param name="Dumps">The inputs, in the order given.</param>
internal sealed record LintReport(ImmutableArray<LintedDump> Dumps)
{
    /// <summary>The findings that count, input by input in order of place.</summary>
    public IEnumerable<Finding> Findings => Dumps.SelectMany(dump => dump.Findings);

    /// <summary>The compilations of all inputs that could be read.</summary>
    public ImmutableArray<Compilation> Compilations => [.. Dumps.Select(dump => dump.Compilation).OfType<Compilation>()];

    /// <summary>Findings silenced by a rule's comment.</summary>
    public int SuppressedCount => Dumps.Sum(dump => dump.AllFindings.Count(finding => finding.IsSuppressed));

    /// <summary>Findings that the baseline has, and no comment silences.</summary>
    public int BaselineCount => Dumps.Sum(dump => dump.AllFindings.Count(finding => !finding.IsSuppressed && dump.IsKnown(finding)));

    /// <summary>Findings that <c>--fix</c> took away.</summary>
    public int FixedCount => Dumps.Sum(dump => dump.Fixes?.Fixed.Length ?? 0);

    /// <summary>Questions that could not be settled.</summary>
    public int UndecidedCount => Dumps.Sum(dump => dump.Undecided.Length);

    /// <summary>The exit code: the worst of any input.</summary>
    public int ExitCode => Dumps.Select(dump => dump.ExitCode).DefaultIfEmpty(Cli.ExitCode.Done).Max();

    /// <summary>Findings of a severity that count.</summary>
    public int Count(DiagnosticSeverity severity) => Findings.Count(finding => finding.Severity == severity);
}
