using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Flows;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting;

/// <summary>What a run of the linter is told.</summary>
public sealed record LintOptions
{
    /// <summary>All checks that are on, nothing given.</summary>
    public static LintOptions Default { get; } = new();

    /// <summary>IDs or prefixes of IDs (<c>IPT4</c>) of the checks to run, those included that are off by default; empty for those that are on.</summary>
    public ImmutableArray<string> Selected { get; init; } = [];

    /// <summary>IDs or prefixes of checks not to run.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>Severities that overrule those of the checks, by ID.</summary>
    public ImmutableDictionary<string, DiagnosticSeverity> Severities { get; init; } =
        ImmutableDictionary<string, DiagnosticSeverity>.Empty;

    /// <summary>The machine; null where none is given, and one is inferred.</summary>
    public HostFacts? Host { get; init; }

    /// <summary>The mesh; null to infer it.</summary>
    public MeshProfile? Profile { get; init; }

    /// <summary>Steps of proof that may be spent on one rule, and more where rules are few; what they do not settle is undecided, and said to be.</summary>
    public int StepsPerRule { get; init; } = 400_000;

    /// <summary>Ends the work early: what is not settled by then is undecided, and said to be.</summary>
    public CancellationToken Deadline { get; init; }

    /// <summary>Threads to use.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
