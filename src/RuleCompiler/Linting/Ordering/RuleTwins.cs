using System.Runtime.InteropServices;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules of one chain that say the same, comments aside.</summary>
internal sealed class RuleTwins
{
    private readonly LintContext _context;
    private readonly Dictionary<RuleSymbol, RuleSymbol> _earlier = [];

    public RuleTwins(LintContext context)
    {
        _context = context;
        // Dumps of nodes have tens of thousands of short chains: one dictionary for all of them.
        var tables = context.Tables.Tables.Where(table => table.Rows.Length > 1).ToList();
        var last = new Dictionary<(int Chain, long Key), int>(tables.Sum(table => table.Rows.Length));
        var before = new int[tables.Select(table => table.Rows.Length).DefaultIfEmpty().Max()];
        tables.ForEach(table => Collect(table, last, before));
    }

    /// <summary>The first rule of the chain that says what this one says; null where this is the first.</summary>
    public RuleSymbol? Find(RuleSymbol rule) => _earlier.TryGetValue(rule, out var twin) ? twin : null;

    /// <summary>Rules that ask and do the same have equal rows; of those that do, the texts are compared.</summary>
    private void Collect(DecisionTable table, Dictionary<(int Chain, long Key), int> last, int[] before)
    {
        var rows = table.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            ref var candidate = ref CollectionsMarshal.GetValueRefOrAddDefault(last, (table.Chain.Index, KeyOf(rows[i])), out var exists);
            before[i] = exists ? candidate : -1;
            var rule = new RuleSymbol(table.Chain, rows[i].RuleNumber);
            var twin = before[i];
            while (twin >= 0 && !IsSame(new RuleSymbol(table.Chain, rows[twin].RuleNumber), rule))
            {
                twin = before[twin];
            }
            if (twin >= 0)
            {
                _earlier[rule] = new RuleSymbol(table.Chain, rows[twin].RuleNumber);
            }
            else
            {
                candidate = i;
            }
        }
    }

    private long KeyOf(in Row row)
    {
        var hash = new HashCode();
        foreach (var reference in _context.Tables.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            hash.Add(reference);
        }
        return ((long)hash.ToHashCode() << 32) | (uint)((row.Target << 5) | (int)row.Kind);
    }

    private bool IsSame(RuleSymbol one, RuleSymbol other) =>
        TextOf(_context.RuleAt(one)) == TextOf(_context.RuleAt(other));

    private static string TextOf(BoundRule rule) => RuleText.Of(rule, match => match.Extension is not CommentMatch);
}
