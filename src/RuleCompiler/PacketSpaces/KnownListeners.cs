using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>For which packets a machine has a listener, so that what <c>-m socket</c> asks is asked of protocol, destination and port.</summary>
/// <remarks>
/// Says of conditions what <see cref="Host.FindListener"/> says of one packet. The socket of an established connection is not among
/// the facts: that stays open.
/// </remarks>
/// <param name="host">The machine.</param>
/// <param name="family">Of the packets.</param>
internal sealed class KnownListeners(HostFacts host, Family family)
{
    private static readonly Condition IsEstablished = Condition.Field(PacketField.ConntrackState, FieldSet.Of((int)ConntrackState.Established));

    /// <summary>
    /// Whether rules ask for sockets only where conntrack has looked, and where TPROXY has given none of its own: that rule ends
    /// PREROUTING's mangle table.
    /// </summary>
    public static bool AreAsked(CompiledRuleset rules)
    {
        var hasProxy = Array.Exists(rules.Actions, action => action.Kind == ActionKind.Tproxy);
        var isBeforeProxy = rules.FindBaseChain(TableKind.Mangle, Hook.Input) is not { Rows.Length: > 0 };
        return rules.Tables.All(table => table.Chain.Table switch
        {
            TableKind.Raw => !Asks(rules, table),
            TableKind.Mangle => !hasProxy || isBeforeProxy || !Asks(rules, table),
            _ => !hasProxy || !Asks(rules, table),
        });
    }

    /// <summary>What a condition on the receiving socket asks of the packet.</summary>
    /// <param name="sockets">The sockets, as bits of <see cref="ReceivingSocket"/>; absent for none.</param>
    public Condition ConditionOf(FieldSet sockets)
    {
        var listeners = host.Sockets.Where(socket => socket.Address.Family == family).GroupBy(socket => (socket.Protocol, socket.Port)).ToList();
        List<Condition> wanted = [];
        List<Condition> found = [];
        foreach (var group in listeners)
        {
            var own = group.Where(socket => socket.Address.Value != 0).DistinctBy(socket => socket.Address).ToList();
            foreach (var socket in own)
            {
                Add(socket, FieldSet.Of(socket.Address.Value));
            }
            if (group.FirstOrDefault(socket => socket.Address.Value == 0) is { } onWildcard)
            {
                Add(onWildcard, FieldSet.Union(own.Select(socket => new Interval(socket.Address.Value, socket.Address.Value)))
                    .Complement(FieldValues.MaxOf(PacketField.Destination, family)).WithAbsent(false));
            }
        }
        if (sockets.IncludesAbsent)
        {
            wanted.Add(Condition.Not(Condition.AnyOf([.. found])));
        }
        return Condition.AnyOf(
            Condition.AllOf(IsEstablished, Condition.Field(PacketField.ReceivingSocket, sockets)),
            Condition.AllOf(Condition.Not(IsEstablished), Condition.AnyOf([.. wanted])));

        void Add(HostSocket socket, FieldSet destinations)
        {
            var taken = Condition.AllOf(
                Condition.Field(PacketField.Protocol, FieldSet.Of(socket.Protocol)),
                Condition.Field(PacketField.DestinationPort, FieldSet.Of(socket.Port)),
                Condition.Field(PacketField.Destination, destinations));
            found.Add(taken);
            if (sockets.Contains((UInt128)(int)FieldReader.BitsOf(socket)))
            {
                wanted.Add(taken);
            }
        }
    }

    private static bool Asks(CompiledRuleset rules, DecisionTable table)
    {
        foreach (ref readonly var row in table.Rows.AsSpan())
        {
            foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
            {
                if (rules.Predicates[reference >> 1].Condition is Condition.FieldCondition { TestedField: PacketField.ReceivingSocket })
                {
                    return true;
                }
            }
        }
        return false;
    }
}
