using System.Globalization;
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
        (_dump, _packet, _logs, _isTranslated) = (dump, entering with { }, "", false);
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
    private string Variable(SmallRule rule, int index) => rule.Tests[index].IsStateful
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{NameOf?.Invoke(rule) ?? $"{System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(rule)}"}:{index}:{_passages.GetValueOrDefault(rule)}")
        : rule.Tests[index].Unknown ?? "";

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
                case SmallAction.TranslateDestination or SmallAction.TranslateSource:
                    Translate(rule.Target);
                    return "accept";
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
            _packet.DestinationPort = target.Port ?? _packet.DestinationPort;
        }
        else
        {
            _packet.Source = target.Address ?? SmallWorld.OwnAddress(_packet.Hook);
            _packet.SourcePort = target.Port ?? _packet.SourcePort;
        }
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
                _packet.ConnectionMark = target.Value;
                break;
            case SmallAction.SaveMark when _packet.HasEntry:
                _packet.ConnectionMark = _packet.Mark;
                break;
            case SmallAction.RestoreMark when _packet.HasEntry:
                _packet.Mark = _packet.ConnectionMark;
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
