using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Evaluation;

/// <summary>A rule that a packet matched, or the policy where a base chain ended.</summary>
public sealed record TraceStep
{
    /// <summary>The hook at which the packet is.</summary>
    public required Hook Hook { get; init; }

    /// <summary>The table.</summary>
    public required TableKind Table { get; init; }

    /// <summary>The chain that holds the rule.</summary>
    public required string Chain { get; init; }

    /// <summary>1-based number of the rule in its chain; null for a policy.</summary>
    public int? Rule { get; init; }

    /// <summary>1-based line of the input: the rule's, or for a policy the <c>:CHAIN</c> line's; null where neither is written.</summary>
    public int? Line { get; init; }

    /// <summary>
    /// <c>accept drop reject queue return policy jump goto continue redirect dnat snat masquerade tproxy netmap notrack</c>.
    /// </summary>
    public required string Action { get; init; }

    /// <summary>The target or chain as the dump names it, a policy's verdict; null for a rule that only counts.</summary>
    public string? Target { get; init; }

    /// <summary>1, or 2 in the second half of a packet that loops back over <c>lo</c>.</summary>
    public int Pass { get; init; } = 1;

    /// <summary>What it changed for later rules.</summary>
    public ImmutableArray<StepEffect> Effects { get; init; } = [];

    /// <summary>Whether the dump says what the step is: all but the policy of a base chain that only rules name, though the kernel has one.</summary>
    public bool IsDeclared => Line is not null;

    /// <summary>False for a rule passed by (only with every rule asked for).</summary>
    public bool IsMatch { get; init; } = true;

    /// <summary>For a rule passed by: the option that failed.</summary>
    public FailedTest? Failed { get; init; }
}
