using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The findings of the ordering checks, by asking every packet of the small domain.</summary>
/// <remarks>
/// A rule is <i>dead</i> where no packet, under no assignment of the unknowns, matches it where it stands. What the
/// packets that it names lose by that is seen by running each of them again with the rule first in its chain. A live
/// rule is <i>redundant</i> where no packet fares otherwise without it.
/// </remarks>
internal sealed class SmallTruth
{
    private readonly SmallDump _dump;
    private readonly SmallChoices _choices = new();
    private readonly SmallMachine _machine;
    private readonly IReadOnlyList<SmallPacket> _packets;
    private readonly IReadOnlySet<string> _called;
    private readonly IReadOnlyDictionary<SmallRule, HashSet<SmallPacket>> _matching;
    private readonly Lazy<IReadOnlySet<SmallRule>> _liveWithoutNat;
    private readonly Lazy<IReadOnlySet<SmallRule>> _liveIfTracked;

    private SmallTruth(SmallDump dump)
    {
        _dump = dump;
        _machine = new SmallMachine(_choices);
        _packets = [.. dump.Hooks.SelectMany(hook => SmallPackets.At(hook, dump.Fields))];
        _called = dump.Called();
        _matching = Matching(dump);
        _liveWithoutNat = new(() => Live(dump.Without((chain, _) => chain.Table == TableKind.Nat)));
        _liveIfTracked = new(() => Live(dump.Without((_, rule) => rule.Target.Action == SmallAction.Untrack)));
    }

    /// <summary>All findings of one dump, in its order.</summary>
    public static IReadOnlyList<SmallFinding> Of(SmallDump dump)
    {
        var truth = new SmallTruth(dump);
        return [.. dump.Chains.SelectMany(truth.OfChain)];
    }

    private IEnumerable<SmallFinding> OfChain(SmallChain chain)
    {
        if (!_called.Contains(chain.Place))
        {
            return [new SmallFinding("IPT3012", chain.Place, 0)];
        }
        var findings = new List<SmallFinding>();
        for (var index = 0; index < chain.Rules.Length; index++)
        {
            if (OfRule(chain, chain.Rules[index], index + 1) is { } finding)
            {
                findings.Add(finding);
            }
        }
        JoinRun(chain, findings);
        return findings.Select(finding => AsDuplicate(chain, finding));
    }

    private SmallFinding? OfRule(SmallChain chain, SmallRule rule, int number) =>
        _matching.TryGetValue(rule, out var packets) ? IsRedundant(chain, rule, packets) ? new SmallFinding("IPT3005", chain.Place, number) : null
        : IsContradiction(rule) ? new SmallFinding("IPT3004", chain.Place, number)
        : WantsWrongInterface(chain, rule) ? new SmallFinding("IPT3009", chain.Place, number)
        : chain.Table == TableKind.Nat && _liveIfTracked.Value.Contains(rule) ? new SmallFinding("IPT3007", chain.Place, number)
        : chain.Table != TableKind.Nat && _liveWithoutNat.Value.Contains(rule) ? new SmallFinding("IPT3008", chain.Place, number)
        : Shadowed(chain, rule, number);

    /// <summary>No packet at all satisfies the rule's own options.</summary>
    private bool IsContradiction(SmallRule rule) =>
        SmallPackets.Anywhere(rule.Fields).All(packet => Always(packet, () => !_machine.Holds(rule, packet)));

    /// <summary>No packet at any hook of the chain has the interface that the rule wants, or lacks the one it does not.</summary>
    private bool WantsWrongInterface(SmallChain chain, SmallRule rule)
    {
        var packets = _dump.HooksOf(chain).SelectMany(hook => SmallPackets.At(hook, rule.Fields)).ToList();
        return packets.TrueForAll(packet => Always(packet, () => !_machine.Holds(rule, packet)))
            && packets.Exists(packet => SmallPackets.WithAnyInterface(packet).Any(other => !Always(other, () => !_machine.Holds(rule, other))));
    }

    /// <remarks>Without the rule only the packets that match it can fare otherwise.</remarks>
    private bool IsRedundant(SmallChain chain, SmallRule rule, IEnumerable<SmallPacket> matching)
    {
        var without = _dump.With(chain, chain.Rules.Remove(rule));
        return matching.All(packet => Always(
            packet, () => _machine.Run(_dump, packet).AsSeen == _machine.Run(without, packet).AsSeen));
    }

    private SmallFinding Shadowed(SmallChain chain, SmallRule rule, int number)
    {
        var first = _dump.With(chain, chain.Rules.Remove(rule).Insert(0, rule));
        var (isAny, isSame, isOther) = (false, false, false);
        ForEach(packet =>
        {
            var isMeant = false;
            _machine.Entered = entered => isMeant |= entered.Place == chain.Place && _machine.Holds(rule);
            var outcome = _machine.Run(_dump, packet);
            _machine.Entered = null;
            if (isMeant)
            {
                isAny = true;
                var isKept = outcome.AsMeant == _machine.Run(first, packet).AsMeant;
                isSame |= isKept;
                isOther |= !isKept;
            }
        });
        return isAny && !isSame
            ? new SmallFinding("IPT3001", chain.Place, number)
            : new SmallFinding("IPT3002", chain.Place, number, isOther ? "some" : "all");
    }

    /// <summary>Two or more findings behind a rule that ends the chain for every packet become one.</summary>
    private static void JoinRun(SmallChain chain, List<SmallFinding> findings)
    {
        var end = chain.Rules.IndexOf(chain.Rules.FirstOrDefault(rule => rule.IsUnconditional && rule.Target.IsTerminal)!) + 1;
        var run = findings.Where(finding => end > 0 && finding.Rule > end && finding.Id is "IPT3001" or "IPT3002").ToList();
        if (run.Count >= 2)
        {
            var place = findings.IndexOf(run[0]);
            findings.RemoveAll(run.Contains);
            findings.Insert(place, new SmallFinding("IPT3003", chain.Place, run[0].Rule, run[^1].Rule, null));
        }
    }

    private static SmallFinding AsDuplicate(SmallChain chain, SmallFinding finding) =>
        finding.Id is "IPT3002" or "IPT3005"
        && chain.Rules.Take(finding.Rule - 1).Any(earlier => earlier.Canonical == chain.Rules[finding.Rule - 1].Canonical)
            ? new SmallFinding("IPT3011", chain.Place, finding.Rule)
            : finding;

    /// <summary>The rules that some packet matches where they stand.</summary>
    private IReadOnlySet<SmallRule> Live(SmallDump dump) => Matching(dump).Keys.ToHashSet();

    /// <summary>The same, with these packets.</summary>
    private Dictionary<SmallRule, HashSet<SmallPacket>> Matching(SmallDump dump)
    {
        var matching = new Dictionary<SmallRule, HashSet<SmallPacket>>();
        ForEach(packet =>
        {
            _machine.Matched = rule =>
            {
                if (!matching.TryGetValue(rule, out var packets))
                {
                    matching.Add(rule, packets = new HashSet<SmallPacket>(ReferenceEqualityComparer.Instance));
                }
                packets.Add(packet);
            };
            _machine.Run(dump, packet);
        });
        _machine.Matched = null;
        return matching;
    }

    private void ForEach(Action<SmallPacket> look)
    {
        foreach (var packet in _packets)
        {
            Always(packet, () =>
            {
                look(packet);
                return true;
            });
        }
    }

    /// <summary>Whether something holds under every assignment of the unknowns it asks for.</summary>
    private bool Always(SmallPacket packet, Func<bool> holds)
    {
        _choices.Clear();
        do
        {
            if (!holds())
            {
                return false;
            }
        }
        while (_choices.MoveNext());
        return true;
    }
}
