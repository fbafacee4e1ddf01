using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Sends a small packet through the tables of one hook, rule after rule, chains by recursion.</summary>
/// <remarks>Knows nothing of the product: dumps, packets and meanings are those of this folder.</remarks>
internal sealed class SmallMachine(SmallChoices choices)
{
    private readonly Dictionary<SmallRule, int> _passages = new(ReferenceEqualityComparer.Instance);
    private SmallDump _dump = new([]);
    private SmallPacket _packet = new();
    private string _logs = "";
    private string _queues = "";
    private string? _proxy;
    private bool _isTranslated;

    /// <summary>What a rule's own unknowns are called, so that two dumps can share them; null: each rule's are its own.</summary>
    public Func<SmallRule, string>? NameOf { get; set; }

    /// <summary>Called with each rule that asks for something that hangs on history.</summary>
    public Action<SmallRule>? Asked { get; set; }

    /// <summary>Called with each rule that matches.</summary>
    public Action<SmallRule>? Matched { get; set; }

    /// <summary>Called with each chain that is entered.</summary>
    public Action<SmallChain>? Entered { get; set; }

    /// <summary>What becomes of a packet that enters its hook as given.</summary>
    public SmallOutcome Run(SmallDump dump, SmallPacket entering)
    {
        (_dump, _packet, _logs, _queues, _proxy, _isTranslated) = (dump, entering with { }, "", "", null, false);
        _passages.Clear();
        var verdict = "accept";
        foreach (var table in SmallWorld.TablesAt(entering.Hook))
        {
            _packet.IsBeforeTracking = table == TableKind.Raw;
            if (_dump.Find(table, entering.Hook) is not { } chain || (table == TableKind.Nat && !_packet.MeetsNat))
            {
                continue;
            }
            verdict = Walk(chain) ?? (chain.PolicyDrops ? "drop" : "accept");
            if (verdict != "accept")
            {
                break;
            }
        }
        _packet.IsBeforeTracking = false;
        return new SmallOutcome(
            verdict,
            (_packet.Source, _packet.SourcePort),
            (_packet.Destination, _packet.DestinationPort),
            _packet.Mark,
            _packet.HasEntry ? _packet.ConnectionMark : null,
            _packet.State,
            _packet.Zone,
            _isTranslated,
            _proxy,
            _queues,
            _logs);
    }

    /// <summary>Whether a rule's own options hold of the packet, here and now.</summary>
    public bool Holds(SmallRule rule)
    {
        for (var index = 0; index < rule.Tests.Length; index++)
        {
            var test = rule.Tests[index];
            if (test.IsStateful)
            {
                Asked?.Invoke(rule);
            }
            var holds = test.Unknown is null ? test.Holds(_packet) : choices.Value(Variable(rule, index)) != test.IsNegated;
            if (!holds)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether a rule's own options hold of a packet, wherever it is.</summary>
    public bool Holds(SmallRule rule, SmallPacket packet)
    {
        _packet = packet;
        _passages.Clear();
        return Holds(rule);
    }

    /// <summary>What hangs on history is asked anew each time that the packet comes by the rule.</summary>
    private SmallVariable Variable(SmallRule rule, int test) => rule.Tests[test].IsStateful
        ? new SmallVariable(NameOf?.Invoke(rule) ?? (object)rule, test, _passages.GetValueOrDefault(rule))
        : new SmallVariable(rule.Tests[test].Unknown ?? "");

    /// <summary>The verdict; null where the packet falls off the end of the chain or returns from it.</summary>
    private string? Walk(SmallChain chain)
    {
        Entered?.Invoke(chain);
        foreach (var rule in chain.Rules)
        {
            var holds = Holds(rule);
            _passages[rule] = _passages.GetValueOrDefault(rule) + 1;
            if (!holds)
            {
                continue;
            }
            Matched?.Invoke(rule);
            switch (rule.Target.Action)
            {
                case SmallAction.Accept:
                    return "accept";
                case SmallAction.Drop:
                    return "drop";
                case SmallAction.Reject or SmallAction.Queue:
                    return rule.Target.Canonical;
                case SmallAction.Return:
                    return null;
                case SmallAction.QueueOrAccept:
                    _queues += $"{rule.Target.Canonical};";
                    return "accept";
                case SmallAction.TranslateDestination or SmallAction.TranslateSource:
                    Translate(rule.Target);
                    return "accept";
                case SmallAction.Proxy:
                    return Proxy(rule.Target);
                case SmallAction.Goto:
                    return Call(rule, chain.Table);
                case SmallAction.Jump:
                    if (Call(rule, chain.Table) is { } verdict)
                    {
                        return verdict;
                    }
                    break;
                default:
                    Apply(rule.Target);
                    break;
            }
        }
        return null;
    }

    private string? Call(SmallRule rule, TableKind table) => Walk(_dump.Find(table, rule.Target.Callee ?? ""));

    private void Translate(SmallTarget target)
    {
        _isTranslated = true;
        if (target.Action == SmallAction.TranslateDestination)
        {
            _packet.Destination = target.Address ?? SmallWorld.OwnAddress(_packet.Hook);
            _packet.DestinationPort = Port(target, _packet.DestinationPort);
        }
        else
        {
            _packet.Source = target.Address ?? SmallWorld.OwnAddress(_packet.Hook);
            _packet.SourcePort = Port(target, _packet.SourcePort);
        }
    }

    /// <remarks>A port in the range given stays, and any other becomes the first of it.</remarks>
    private static ushort Port(SmallTarget target, ushort port) =>
        target.Port is not { } first || (port >= first && port <= target.LastPort) ? port : first;

    /// <summary>Whether a socket waits there, no packet tells; where none does, the packet is lost.</summary>
    private string Proxy(SmallTarget target)
    {
        if (!choices.Value(new SmallVariable(target.Text)))
        {
            return "drop";
        }
        _proxy = target.Text;
        _packet.Mark = (_packet.Mark & ~target.Mask) ^ target.Value;
        return "accept";
    }

    private void Apply(SmallTarget target)
    {
        switch (target.Action)
        {
            case SmallAction.Log:
                _logs += $"{target.Canonical};";
                break;
            case SmallAction.SetMark:
                _packet.Mark = (_packet.Mark & ~target.Mask) ^ target.Value;
                break;
            case SmallAction.SetConnectionMark when _packet.HasEntry:
                _packet.ConnectionMark = (_packet.ConnectionMark & ~target.Mask) ^ target.Value;
                break;
            case SmallAction.SaveMark when _packet.HasEntry:
                _packet.ConnectionMark = (_packet.ConnectionMark & ~target.Mask) ^ (_packet.Mark & target.Value);
                break;
            case SmallAction.RestoreMark when _packet.HasEntry:
                _packet.Mark = (_packet.Mark & ~target.Mask) ^ (_packet.ConnectionMark & target.Value);
                break;
            case SmallAction.Untrack when _packet is { IsTrackingDecided: false, State: not ConntrackState.Untracked }:
                (_packet.State, _packet.IsTrackingDecided) = (ConntrackState.Untracked, true);
                break;
            case SmallAction.SetZone when _packet is { IsTrackingDecided: false, State: not ConntrackState.Untracked }:
                (_packet.Zone, _packet.IsTrackingDecided) = ((int)target.Value, true);
                break;
        }
    }
}
