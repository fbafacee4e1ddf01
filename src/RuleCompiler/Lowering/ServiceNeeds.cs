using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Lowering;

/// <summary>Which services a rule needs of the kernel.</summary>
/// <remarks>
/// Source: callers of <c>nf_ct_netns_get</c> in net/netfilter: NAT targets, CONNMARK, CONNSECMARK, SYNPROXY, CT but with
/// <c>--notrack</c>, and every match that looks at the connection (a nat table without such rules does not); of
/// <c>nf_defrag_ipv4_enable</c> and <c>nf_defrag_ipv6_enable</c>: TPROXY and socket.
/// </remarks>
internal static class ServiceNeeds
{
    private static readonly string[] Matches = ["connbytes", "connlimit", "helper", "cluster", "connlabel"];

    public static KernelServices Of(RuleAction action) => action switch
    {
        { Effect: Effect.ProxyTo } => KernelServices.Defragmentation,
        {
            Effect: Effect.Translate or Effect.MapNetwork or Effect.SetConnectionMark or Effect.SaveMark
                or Effect.RestoreMark or Effect.ShiftMark or Effect.SetZone
        }
            or { Target: "CT", Kind: not ActionKind.Notrack } or { Target: "CONNSECMARK" or "SYNPROXY" } => KernelServices.Conntrack,
        _ => KernelServices.None,
    };

    public static KernelServices Of(Condition condition) => condition switch
    {
        Condition.FieldCondition { TestedField: PacketField.ReceivingSocket } => KernelServices.Defragmentation,
        Condition.FieldCondition { TestedField: >= PacketField.ConnectionMark and <= PacketField.ConntrackZone } => KernelServices.Conntrack,
        Condition.UnknownCondition unknown when Array.IndexOf(Matches, unknown.Name) >= 0 => KernelServices.Conntrack,
        Condition.NotCondition not => Of(not.Operand),
        Condition.AllOfCondition all => all.Parts.Aggregate(KernelServices.None, static (needed, part) => needed | Of(part)),
        Condition.AnyOfCondition any => any.Parts.Aggregate(KernelServices.None, static (needed, part) => needed | Of(part)),
        _ => KernelServices.None,
    };
}
