using System.Collections.Immutable;
using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>The short answer for one packet and one outcome of its unknowns.</summary>
/// <remarks>
/// The deciding rule of a packet that was stopped is the rule or policy that stopped it; of an accepted one the
/// last rule that ended a base chain, else the last policy.
/// </remarks>
/// <param name="Verdict">Netfilter's word.</param>
/// <param name="IsLost">Every chain accepted the packet, but routing lost it.</param>
/// <param name="Chain">The chain of the deciding rule, or the base chain whose policy decided; null where no chain was met.</param>
/// <param name="RuleNumber">1-based; null for a policy.</param>
/// <param name="Line">1-based line of the input: the rule's, or the <c>:CHAIN</c> line; null where neither is written.</param>
/// <param name="Rewrites">True changes of addresses and ports, in order.</param>
/// <param name="Assumptions">What was assumed, in the order in which it was asked.</param>
public readonly record struct Classification(
    Verdict Verdict,
    bool IsLost,
    ChainSymbol? Chain,
    int? RuleNumber,
    int? Line,
    ImmutableArray<Rewrite> Rewrites,
    ImmutableArray<Assumption> Assumptions);
