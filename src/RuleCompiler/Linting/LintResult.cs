using System.Collections.Immutable;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting;

/// <summary>What the linter found in one dump.</summary>
/// <param name="Findings">In order of place, then of ID; suppressed ones included.</param>
/// <param name="Undecided">Rules whose proof took more steps than allowed: nothing is said of them.</param>
public sealed record LintResult(ImmutableArray<Finding> Findings, ImmutableArray<Undecided> Undecided)
{
    /// <summary>The machine that it was linted for, given or inferred; null where it was not.</summary>
    public HostFacts? Host { get; init; }

    /// <summary>A fault of the linter itself, for which nothing is said of this dump; null where there was none.</summary>
    public Exception? Fault { get; init; }
}
