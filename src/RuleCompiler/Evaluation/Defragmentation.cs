using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Whether fragments are put together before any rule sees them.</summary>
/// <remarks>
/// Source: callers of <c>nf_defrag_ipv4_enable</c> and <c>nf_defrag_ipv6_enable</c> in net: conntrack, and TPROXY and
/// socket by being loaded, whatever packets meet them.
/// </remarks>
internal static class Defragmentation
{
    /// <param name="rules">The rules of one family: another's do nothing for its packets.</param>
    /// <param name="host">The machine.</param>
    public static bool Runs(CompiledRuleset rules, HostFacts host) =>
        host.Conntrack
        || ConntrackNeed.IsIn(rules)
        || Array.Exists(rules.Actions, action => action.Effect is Effect.ProxyTo)
        || Array.Exists(rules.Predicates, predicate => predicate.Field == PacketField.ReceivingSocket);
}
