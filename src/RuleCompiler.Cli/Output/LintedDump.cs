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
    /// <summary>The dump, after <c>--fix</c> as it is now; null where it could not be read.</summary>
    public Compilation? Compilation { get; init; }

    /// <summary>Why it could not be read.</summary>
    public Problem? Failure { get; init; }

    /// <summary>The machine, where it is given.</summary>
    public HostFacts? GivenHost { get; init; }

    /// <summary>The machine, given or inferred; null where there is no dump that tells of one.</summary>
    public HostFacts? Host => GivenHost ?? Result?.Host;

    /// <summary>Whether it could be linted: it was read, and has no errors.</summary>
    public bool IsLinted => Compilation is { HasErrors: false };

    /// <summary>What was found and not settled, of a dump with errors only its problems; null where it could not be read.</summary>
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

    /// <summary>Why it could not be read, or what syntax and binding say of it.</summary>
    public IEnumerable<Problem> Problems => Failure is { } failure
        ? [failure]
        : (Compilation?.Diagnostics ?? []).Select(diagnostic => Problem.Of(diagnostic));

    /// <summary>Whether the baseline has a finding.</summary>
    public bool IsKnown(Finding finding) => Baseline.Contains(finding.Fingerprint);

    /// <summary>Whether a finding decides about the exit code.</summary>
    public bool IsFailure(Finding finding) => FailOn is { } least && finding.Severity >= least;

    /// <summary>The exit code that this input alone would give.</summary>
    public int ExitCode => !IsLinted || !Undecided.IsEmpty ? Cli.ExitCode.Failed
        : Findings.Any(IsFailure) ? Cli.ExitCode.Found
        : Cli.ExitCode.Done;
}
