using System.Globalization;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Which rules of two dumps share what hangs on history: those of one text, as long as the same packets come by them.</summary>
internal sealed class SmallHistories
{
    private readonly SmallPair _pair;
    private readonly List<(SmallRule Old, SmallRule New)> _shared;

    /// <summary>Which dump is run: rules that both have may be the same objects.</summary>
    private bool _isOld;

    private SmallHistories(SmallPair pair)
    {
        _pair = pair;
        var (old, other) = (Candidates(pair.Old), Candidates(pair.New));
        _shared = [.. Match(old, other, rule => $"{rule.Chain.Place} {rule.Text}"), .. Match(old, other, rule => $"{rule.Chain.Table} {rule.Text}")];
    }

    /// <summary>Finds what is shared, by running all packets until no pair of rules is left that other packets come by on one side.</summary>
    public static SmallHistories Of(SmallPair pair, IReadOnlyList<SmallPacket> packets)
    {
        var histories = new SmallHistories(pair);
        while (histories._shared.Count > 0 && histories.Dissolve(packets))
        {
            // others may have hung on those that were dissolved
        }
        return histories;
    }

    /// <summary>Whether some outcome of the unknowns makes the dumps treat a packet otherwise.</summary>
    public bool Differs(SmallPacket packet, Func<SmallOutcome, SmallOutcome> seen)
    {
        var choices = new SmallChoices();
        var machine = Machine(choices);
        do
        {
            if (seen(Run(machine, packet, isOld: true)) != seen(Run(machine, packet, isOld: false)))
            {
                return true;
            }
        }
        while (choices.MoveNext());
        return false;
    }

    private SmallMachine Machine(SmallChoices choices) => new(choices)
    {
        NameOf = rule => _shared.FindIndex(pair => (_isOld ? pair.Old : pair.New) == rule) is >= 0 and var index
            ? string.Create(CultureInfo.InvariantCulture, $"pair {index}")
            : $"{(_isOld ? "old" : "new")} {Place(rule)}",
    };

    private SmallOutcome Run(SmallMachine machine, SmallPacket packet, bool isOld)
    {
        _isOld = isOld;
        return machine.Run(isOld ? _pair.Old : _pair.New, packet);
    }

    private string Place(SmallRule rule) => (_isOld ? _pair.Old : _pair.New).Chains.First(chain => chain.Rules.Contains(rule)) is var chain
        ? string.Create(CultureInfo.InvariantCulture, $"{chain.Place}:{chain.Rules.IndexOf(rule)}") : "";

    /// <returns>Whether any pair was dissolved.</returns>
    private bool Dissolve(IReadOnlyList<SmallPacket> packets)
    {
        var uneven = new HashSet<int>();
        var counts = new int[_shared.Count];
        var choices = new SmallChoices();
        var machine = Machine(choices);
        foreach (var packet in packets)
        {
            choices.Clear();
            do
            {
                Array.Clear(counts);
                machine.Asked = rule => Count(rule, 1);
                Run(machine, packet, isOld: true);
                machine.Asked = rule => Count(rule, -1);
                Run(machine, packet, isOld: false);
                uneven.UnionWith(Enumerable.Range(0, counts.Length).Where(index => counts[index] != 0));
            }
            while (choices.MoveNext());
        }
        foreach (var index in uneven.OrderDescending())
        {
            _shared.RemoveAt(index);
        }
        return uneven.Count > 0;

        void Count(SmallRule rule, int step)
        {
            var index = _shared.FindIndex(pair => step > 0 ? pair.Old == rule : pair.New == rule);
            if (index >= 0)
            {
                counts[index] += step;
            }
        }
    }

    private static List<(SmallChain Chain, SmallRule Rule, string Text)> Candidates(SmallDump dump) =>
    [
        .. from chain in dump.Chains
           from rule in chain.Rules
           where rule.Tests.Any(test => test.IsStateful)
           select (chain, rule, string.Join(' ', rule.Tests.Select(test => test.Text).Append(rule.Target.Callee is null ? rule.Target.Text : rule.Target.Text[..2]))),
    ];

    private static IEnumerable<(SmallRule, SmallRule)> Match(
        List<(SmallChain Chain, SmallRule Rule, string Text)> old,
        List<(SmallChain Chain, SmallRule Rule, string Text)> other,
        Func<(SmallChain Chain, SmallRule Rule, string Text), string> key)
    {
        var pairs = new List<(SmallRule, SmallRule)>();
        foreach (var one in old.ToList())
        {
            if (other.FindIndex(candidate => key(candidate) == key(one)) is >= 0 and var index)
            {
                pairs.Add((one.Rule, other[index].Rule));
                other.RemoveAt(index);
                old.Remove(one);
            }
        }
        return pairs;
    }
}
