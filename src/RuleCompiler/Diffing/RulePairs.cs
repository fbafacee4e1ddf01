using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Diffing;

/// <summary>Finds for rules that hang on history the same rule in the other dump: the two then share their unknowns.</summary>
/// <remarks>
/// Rules are the same by their text, the name of a called chain aside. First those in chains of one name, in their order there;
/// then the others, in the order of the dumps. A pair that other packets reach on one side than on the other is dissolved.
/// </remarks>
internal sealed class RulePairs
{
    private const string PairPrefix = "pair ";
    private const string TargetPrefix = "target ";
    private readonly Dictionary<(int Chain, int Rule), int> _old = [];
    private readonly Dictionary<(int Chain, int Rule), int> _new = [];
    private readonly HashSet<int> _dissolved = [];
    private int _count;

    public RulePairs(DiffSide before, DiffSide after)
    {
        var oldRules = Candidates(before);
        var newRules = Candidates(after);
        Pair(oldRules, newRules, rule => $"{rule.Chain.Name} {rule.Text}");
        Pair(oldRules, newRules, rule => rule.Text);
    }

    /// <summary>The name of a rule of the old dump's unknowns.</summary>
    public string OldName(ChainSymbol chain, int rule) => Name(_old, "old", chain, rule);

    /// <summary>The name of a rule of the new dump's unknowns.</summary>
    public string NewName(ChainSymbol chain, int rule) => Name(_new, "new", chain, rule);

    /// <summary>The pair that an unknown belongs to; null for one that a side has alone, or that hangs on no history.</summary>
    public static int? PairOf(UnknownVariable unknown)
    {
        var start = unknown.Key.StartsWith(TargetPrefix, StringComparison.Ordinal) ? TargetPrefix.Length : 0;
        if (!unknown.IsStateful || !unknown.Key.AsSpan(start).StartsWith(PairPrefix))
        {
            return null;
        }
        var digits = unknown.Key.AsSpan(start + PairPrefix.Length);
        var end = digits.IndexOf(':');
        return int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }

    /// <summary>From now on the rules of a pair have unknowns of their own.</summary>
    public void Dissolve(int pair) => _dissolved.Add(pair);

    private string Name(Dictionary<(int, int), int> side, string sideName, ChainSymbol chain, int rule) =>
        side.TryGetValue((chain.Index, rule), out var pair) && !_dissolved.Contains(pair)
            ? string.Create(CultureInfo.InvariantCulture, $"{PairPrefix}{pair}")
            : string.Create(CultureInfo.InvariantCulture, $"{sideName} {chain.Table.Name()}:{chain.Name}:{rule}");

    private void Pair(
        List<(ChainSymbol Chain, int Rule, string Text)> oldRules,
        List<(ChainSymbol Chain, int Rule, string Text)> newRules,
        Func<(ChainSymbol Chain, int Rule, string Text), string> key)
    {
        var open = newRules.GroupBy(key).ToDictionary(group => group.Key, group => new Queue<(ChainSymbol Chain, int Rule, string Text)>(group));
        foreach (var rule in oldRules.ToList())
        {
            if (open.TryGetValue(key(rule), out var same) && same.TryDequeue(out var other))
            {
                _old[(rule.Chain.Index, rule.Rule)] = _new[(other.Chain.Index, other.Rule)] = _count++;
                oldRules.Remove(rule);
                newRules.Remove(other);
            }
        }
    }

    private static List<(ChainSymbol Chain, int Rule, string Text)> Candidates(DiffSide side)
    {
        var history = new RuleHistory(side.Rules);
        var hasHistory = Array.ConvertAll(side.Rules.Predicates, predicate => history.Decides(predicate.Condition));
        var rules = new List<(ChainSymbol, int, string)>();
        foreach (var table in side.Rules.Tables)
        {
            foreach (ref readonly var row in table.Rows.AsSpan())
            {
                var isOne = row.Kind == ActionKind.Unknown;
                foreach (var reference in side.Rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
                {
                    isOne |= hasHistory[reference >> 1];
                }
                if (isOne)
                {
                    rules.Add((table.Chain, row.RuleNumber, $"{table.Chain.Table} {side.TextWithoutCallee(table.Chain, row.RuleNumber)}"));
                }
            }
        }
        return rules;
    }
}
