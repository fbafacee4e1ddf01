using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Whether rules switch connection tracking on by being loaded.</summary>
/// <remarks>
/// Source: callers of <c>nf_ct_netns_get</c> in net/netfilter: NAT targets, CONNMARK, CONNSECMARK, SYNPROXY, CT but with
/// <c>--notrack</c>, and every match that looks at the connection. A nat table without such rules does not.
/// </remarks>
internal static class ConntrackNeed
{
    private static readonly string[] Matches = ["connbytes", "connlimit", "helper", "cluster", "connlabel"];

    public static bool IsIn(CompiledRuleset rules) =>
        Array.Exists(rules.Actions, Asks) || Array.Exists(rules.Predicates, p => Asks(p.Condition));

    private static bool Asks(RuleAction action) =>
        action.Effect is Effect.Translate or Effect.MapNetwork or Effect.SetConnectionMark or Effect.SaveMark
            or Effect.RestoreMark or Effect.ShiftMark or Effect.SetZone
        || action is { Target: "CT", Kind: not ActionKind.Notrack } or { Target: "CONNSECMARK" or "SYNPROXY" };

    private static bool Asks(Condition condition) => condition switch
    {
        Condition.FieldCondition field =>
            field.TestedField is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone,
        Condition.UnknownCondition unknown => Array.IndexOf(Matches, unknown.Name) >= 0,
        Condition.NotCondition not => Asks(not.Operand),
        Condition.AllOfCondition all => all.Parts.Any(Asks),
        Condition.AnyOfCondition any => any.Parts.Any(Asks),
        _ => false,
    };
}
