using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Diffing;

/// <summary>What one dump does with the packets of a region, and who decides it.</summary>
public sealed record DiffOutcome
{
    /// <summary>Netfilter's word.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Of a rejected packet the answer, of a queued one the queue; else null.</summary>
    public string? Detail { get; init; }

    /// <summary><c>routing</c> where every chain accepts the packets and routing loses them; else null.</summary>
    public string? Lost { get; init; }

    /// <summary>Table of the deciding rule or policy; null where no chain was met.</summary>
    public TableKind? Table { get; init; }

    /// <summary>Its chain.</summary>
    public string? Chain { get; init; }

    /// <summary>1-based; null for a policy.</summary>
    public int? Rule { get; init; }

    /// <summary>1-based line of the rule, or of the policy's <c>:CHAIN</c> line; null where there is none.</summary>
    public int? Line { get; init; }

    /// <summary>The rule as the dump has it; null for a policy.</summary>
    public string? Text { get; init; }

    /// <summary>New addresses and ports, as <c>redirect 127.0.0.1:15001</c>, several joined by <c>; </c>; null where nothing changes.</summary>
    public string? Rewrite { get; init; }

    /// <summary>Marks, zone, headers and whatever else is done to them, in words; null for nothing.</summary>
    public string? Changes { get; init; }
}
