using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>One input of a lint run, and what came of it.</summary>
/// <param name="Path">As the user named it; <c>&lt;stdin&gt;</c> for standard input.</param>
internal sealed record LintedDump(string Path)
{
    /// <summary>The dump; null where it could not be read.</summary>
    public Compilation? Compilation { get; init; }

    /// <summary>Why it could not be read.</summary>
    public Problem? Failure { get; init; }

    /// <summary>The machine, given or inferred; null where there are no findings to rest on it.</summary>
    public HostFacts? Host { get; init; }

    /// <summary>What was found and not settled; null where the dump could not be read or has errors.</summary>
    public LintResult? Result { get; init; }

    /// <summary>Fingerprints of findings that are known and do not count.</summary>
    public ImmutableHashSet<string> Baseline { get; init; } = [];

    /// <summary>The severity from which on a finding counts for the exit code; null: none does.</summary>
    public DiagnosticSeverity? FailOn { get; init; }

    /// <summary>What <c>--fix</c> did, or would do.</summary>
    public FixResult? Fixes { get; init; }

    /// <summary>All findings, those that do not count included.</summary>
    public ImmutableArray<Finding> AllFindings => Result?.Findings ?? [];

    /// <summary>The findings that count.</summary>
    public IEnumerable<Finding> Findings => AllFindings.Where(finding => !finding.IsSuppressed && !IsKnown(finding));

    /// <summary>What could not be settled.</summary>
    public ImmutableArray<Undecided> Undecided => Result?.Undecided ?? [];

    /// <summary>What keeps it from being linted: the errors in it, or that it cannot be read.</summary>
    public IEnumerable<Problem> Errors => Failure is { } failure
        ? [failure]
        : (Compilation?.Diagnostics ?? []).Where(d => d.Severity == DiagnosticSeverity.Error).Select(Problem.Of);

    /// <summary>Whether the baseline has a finding.</summary>
    public bool IsKnown(Finding finding) => Baseline.Contains(finding.Fingerprint);

    /// <summary>Whether a finding decides about the exit code.</summary>
    public bool IsFailure(Finding finding) => FailOn is { } least && finding.Severity >= least;

    /// <summary>The exit code that this input alone would give.</summary>
    public int ExitCode => Result is null || !Undecided.IsEmpty ? Cli.ExitCode.Failed
        : Findings.Any(IsFailure) ? Cli.ExitCode.Found
        : Cli.ExitCode.Done;
}
