using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Oracles;

/// <summary>
/// Evaluates bound rules of one table, other than nat, as a person would by hand: rule after rule, condition after
/// condition, chains by recursion. No decision tables, no classes, no caches.
/// </summary>
/// <remarks>Shares routing and set membership with the product, nothing else. Unknowns are beyond it.</remarks>
internal sealed class ReferenceEvaluator(BoundRuleset rules, HostFacts facts)
{
    private readonly Routing _routing = Routing.Of(facts);
    private readonly List<string> _steps = [];

    /// <summary>What each rule asks, by chain.</summary>
    private readonly Condition[][][] _conditions =
    [
        .. rules.Chains.Select(chain => chain.Rules
            .Select(rule => rule.Matches.Select(match => match.Extension.Lower(match)).ToArray()).ToArray()),
    ];

    private enum End
    {
        /// <summary>Fell off the end of the chain, or returned from it.</summary>
        Off,
        Accept,
        Drop,
        Reject,
        Queue,
    }

    /// <summary>The steps of a packet's way, and its verdict as the last line.</summary>
    /// <exception cref="NotToldException">A rule asks what the packet does not tell.</exception>
    public IReadOnlyList<string> Trace(Packet packet)
    {
        _steps.Clear();
        var state = new ReferencePacket(packet, facts, _routing);
        _steps.Add(Travel(state));
        return _steps;
    }

    /// <summary>The same; null where a rule asks what the packet does not tell, and for what it does not know: fragments, IPv6 headers, no conntrack.</summary>
    public IReadOnlyList<string>? TryTrace(Packet packet)
    {
        var isRoutedEitherWay = packet.Mark.Mask != uint.MaxValue && !facts.Rules.IsEmpty;
        if (!facts.Conntrack || packet.IsLaterFragment || !packet.ExtensionHeaders.IsEmpty || isRoutedEitherWay)
        {
            return null;
        }
        try
        {
            return Trace(packet);
        }
        catch (NotToldException)
        {
            return null;
        }
    }

    private string Travel(ReferencePacket packet)
    {
        End end;
        if (packet.Given.InInterface is { } arrival)
        {
            packet.In = arrival;
            var isMartian = _routing.IsMartian(packet.Given.Source.Address, packet.Given.Destination.Address, arrival);
            if (isMartian && packet.Given.Family == Family.IPv6)
            {
                return "lost";
            }
            end = Meet(Hook.Prerouting, packet);
            if (end != End.Accept)
            {
                return Name(end);
            }
            var type = _routing.TypeOf(packet.Given.Destination.Address);
            var isJoined = type.HasFlag(AddressType.Multicast) && IsJoined(packet.Given.Destination.Address, arrival);
            if (isMartian || (type.HasFlag(AddressType.Multicast) && !isJoined))
            {
                return "lost";
            }
            var route = packet.Route();
            if (isJoined || type.HasFlag(AddressType.Broadcast) || route.Kind == RouteKind.Local)
            {
                return Name(Meet(Hook.Input, packet));
            }
            if (route.Interface is null || !facts.Forwarding || packet.Ttl <= 1
                || type.HasFlag(AddressType.Multicast))
            {
                return "lost";
            }
            packet.Ttl--;
            packet.Out = route.Interface;
            end = Meet(Hook.Forward, packet);
            return Name(end == End.Accept ? Meet(Hook.Postrouting, packet) : end);
        }
        packet.Out = packet.Route().Interface;
        if (packet.Out is null)
        {
            return "lost";
        }
        end = Meet(Hook.Output, packet);
        if (end != End.Accept)
        {
            return Name(end);
        }
        if (rules.Tables.Contains(TableKind.Mangle))
        {
            packet.Out = packet.Route().Interface;
        }
        end = Meet(Hook.Postrouting, packet);
        if (end != End.Accept || packet.Out != "lo")
        {
            return Name(end);
        }
        packet.LoopBack();
        end = Meet(Hook.Prerouting, packet);
        return Name(end == End.Accept ? Meet(Hook.Input, packet) : end);
    }

    /// <summary>All hosts; all routers, where this is one; and who asks for an address of the interface, or of a router for its network.</summary>
    private bool IsJoined(IpAddress group, string arrival)
    {
        const int longestNetwork = 126;
        var text = group.ToString();
        return text is "224.0.0.1" or "ff02::1"
            || (text == "ff02::2" && facts.Forwarding)
            || (text.StartsWith("ff02::1:ff", StringComparison.Ordinal) && facts.Interfaces.Where(link => link.Name == arrival)
                .SelectMany(link => link.Addresses).Where(prefix => prefix.Address.Family == Family.IPv6)
                .Any(prefix => IsAskedFor(prefix.Address) || (facts.Forwarding && prefix.Length <= longestNetwork && IsAskedFor(prefix.Network))));

        bool IsAskedFor(IpAddress address) => (address.Value & 0xFF_FFFF) == (group.Value & 0xFF_FFFF);
    }

    private End Meet(Hook hook, ReferencePacket packet)
    {
        packet.Hook = hook;
        if (hook == Hook.Input)
        {
            packet.Out = null;
        }
        var chain = rules.Chains.SingleOrDefault(c => c.Symbol.Hook == hook);
        packet.Table = rules.Tables[0];
        if (chain is null)
        {
            return End.Accept;
        }
        var end = Walk(chain, packet);
        if (end == End.Off)
        {
            _steps.Add($"{hook.Name()} {chain.Symbol.Name} policy");
            end = chain.Symbol.PolicyDrops ? End.Drop : End.Accept;
        }
        return end;
    }

    private End Walk(BoundChain chain, ReferencePacket packet)
    {
        foreach (var rule in chain.Rules)
        {
            if (!Array.TrueForAll(_conditions[chain.Symbol.Index][rule.Number - 1], condition => Holds(condition, packet)))
            {
                continue;
            }
            var action = rule.Callee is null ? ActionOf(rule) : null;
            _steps.Add($"{packet.Hook.Name()} {chain.Symbol.Name}#{rule.Number}");
            if (rule.Callee is { } callee)
            {
                var end = Walk(rules.Chains[callee.Index], packet);
                if (end != End.Off || rule.IsGoto)
                {
                    return end;
                }
                continue;
            }
            switch (action?.Kind)
            {
                case ActionKind.Accept:
                    return End.Accept;
                case ActionKind.Drop:
                    return End.Drop;
                case ActionKind.Reject:
                    return End.Reject;
                case ActionKind.Return:
                    return End.Off;
                case ActionKind.Queue:
                    return action.Effect is Effect.ToQueue { Bypass: true } ? End.Accept : End.Queue;
                case ActionKind.Continue or ActionKind.Notrack:
                    packet.Apply(action.Effect);
                    break;
                default:
                    throw new NotToldException();
            }
        }
        return End.Off;
    }

    private static RuleAction ActionOf(BoundRule rule) => rule.Target is { } target ? target.Extension.Lower(target)
        : rule.UnknownTarget is null ? RuleAction.CountOnly
        : throw new NotToldException();

    private bool Holds(Condition condition, ReferencePacket packet) => condition switch
    {
        Condition.AlwaysCondition => true,
        Condition.NeverCondition => false,
        Condition.NotCondition not => !Holds(not.Operand, packet),
        Condition.AllOfCondition all => all.Parts.All(part => Holds(part, packet)),
        Condition.AnyOfCondition any => any.Parts.Any(part => Holds(part, packet)),
        Condition.MemberCondition member =>
            new SetMembership(facts).Contains(member.SetName, member.Dimensions, packet.Key) ?? throw new NotToldException(),
        Condition.FieldCondition field => Holds(field, packet),
        _ => throw new NotToldException(),
    };

    private static bool Holds(Condition.FieldCondition test, ReferencePacket packet)
    {
        var values = packet.ValuesOf(test.TestedField);
        // The test of a field with several values asks for one of them; its negation, which holds where the field is
        // absent, for all of them.
        return values.Count == 0 ? test.Set.IncludesAbsent
            : test.Set.IncludesAbsent && values.Count > 1 ? values.All(test.Set.Contains)
            : values.Any(test.Set.Contains);
    }

    private static string Name(End end) => end.ToString();
}
