namespace RuleCompiler.PacketSpaces;

/// <summary>Finds the rows of a chain that a box meets, and remembers them: several questions are asked about the same box.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class RowNeighbours(SpaceRuleset rules)
{
    private const int Remembered = 16;

    private readonly (SpaceChain Chain, ulong[] Box, int[] Rows)[] _last = new (SpaceChain, ulong[], int[])[Remembered];
    private (SpaceChain Chain, int Rule, ulong[] Box, int[] Rows) _hull;
    private (SpaceChain Chain, int Rule, int Row, ulong[] Box, int[] Rows) _before;
    private int _next;

    /// <summary>The same for a box of packets that satisfy a rule's options: what the rule meets is found once for all of them.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="box">The box, which is not changed afterwards.</param>
    public ReadOnlySpan<int> Of(SpaceChain chain, int rule, ulong[] box) => Of(chain, box, HullOf(chain, rule, box));

    /// <summary>Rows before another, among which are all that the box meets, upward.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="box">The box, which is not changed afterwards.</param>
    /// <param name="before">Index of the other row.</param>
    public ReadOnlySpan<int> Before(SpaceChain chain, int rule, ulong[] box, int before)
    {
        if (!ReferenceEquals(_before.Chain, chain) || _before.Rule != rule || _before.Row != before
            || !Boxes.Holds(_before.Box, box, rules.Layout.NarrowCount))
        {
            var first = chain.FindRule(rule);
            var hull = chain.Rows[first].NextRule == first + 1 && BoxOf(chain.Rows[first]) is var own && Boxes.Holds(own, box, rules.Layout.NarrowCount) ? own : box;
            _before = (chain, rule, before, hull, chain.Tree?.Find(hull, before) ?? [.. Enumerable.Range(0, before)]);
        }
        return _before.Rows;
    }

    /// <summary>The rows that the rule meets; null where these are not known for the box.</summary>
    private int[]? HullOf(SpaceChain chain, int rule, ulong[] box)
    {
        if (!ReferenceEquals(_hull.Chain, chain) || _hull.Rule != rule)
        {
            var first = chain.FindRule(rule);
            if (chain.Tree is null || chain.Rows[first].NextRule > first + 1)
            {
                return null;
            }
            var hull = BoxOf(chain.Rows[first]);
            _hull = (chain, rule, hull, Find(chain, hull));
        }
        return Boxes.Holds(_hull.Box, box, rules.Layout.NarrowCount) ? _hull.Rows : null;
    }

    private ulong[] BoxOf(in SpaceRow row) => Boxes.Common(rules.Layout.Full, rules.TestsOf(row), rules.Layout.NarrowCount);

    /// <summary>Indices of the rows that some packet of a box satisfies, unknowns aside, upward.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="box">The box, which is not changed afterwards.</param>
    public int[] Of(SpaceChain chain, ulong[] box) => Of(chain, box, null);

    private int[] Of(SpaceChain chain, ulong[] box, int[]? candidates)
    {
        foreach (ref readonly var one in _last.AsSpan())
        {
            if (ReferenceEquals(one.Chain, chain) && one.Box.AsSpan().SequenceEqual(box))
            {
                return one.Rows;
            }
        }
        var rows = candidates is null ? Find(chain, box) : Filter(chain, box, [.. candidates]);
        _last[_next++ % Remembered] = (chain, box, rows);
        return rows;
    }

    private int[] Find(SpaceChain chain, ulong[] box) =>
        Filter(chain, box, chain.Tree?.Find(box) ?? [.. Enumerable.Range(0, chain.Rows.Length)]);

    private int[] Filter(SpaceChain chain, ulong[] box, int[] rows)
    {
        var count = 0;
        foreach (var row in rows)
        {
            if (Boxes.Meets(box, rules.TestsOf(chain.Rows[row]), rules.Layout.NarrowCount))
            {
                rows[count++] = row;
            }
        }
        Array.Resize(ref rows, count);
        return rows;
    }
}
