using System.Numerics;
using RuleCompiler.DecisionTables;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Guesses packets that a long chain treats otherwise without a rule: where to look, and no proof.</summary>
/// <remarks>
/// Of the rules behind it, one that does something else is mostly near. A packet that both match, taken at random, shows
/// the rule to be needed where no rule before takes it, and none between does what the rule does. Serves one thread.
/// </remarks>
internal sealed class DifferenceGuesser(SpaceRuleset rules)
{
    /// <summary>Of shorter chains a proof costs no more than guesses do.</summary>
    private const int MinRows = 256;

    private const int MostRows = 4096;
    private const int MostTries = 24;

    private readonly SpaceLayout _layout = rules.Layout;
    private readonly ulong[] _point = new ulong[rules.Layout.Count];

    /// <summary>Whether guesses are worth their cost in a chain.</summary>
    public static bool IsFor(SpaceChain chain) => chain.Rows.Length >= MinRows;

    /// <summary>Packets of a box, each until the next one is asked for.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">1-based.</param>
    /// <param name="box">Packets that satisfy the rule's options.</param>
    public IEnumerable<ulong[]> Guess(SpaceChain chain, int rule, ulong[] box)
    {
        if (!IsFor(chain) || chain.Tree is not { } tree)
        {
            yield break;
        }
        var first = chain.FindRule(rule);
        var own = chain.Rows[first];
        var end = Math.Min(chain.Rows.Length, own.NextRule + MostRows);
        var tries = 0;
        for (var index = own.NextRule; index < end && tries < MostTries; index++)
        {
            var row = chain.Rows[index];
            if (!DoesOther(row, own) || !Boxes.Meets(box, rules.TestsOf(row), _layout.NarrowCount))
            {
                continue;
            }
            tries++;
            Choose(Boxes.Common(box, rules.TestsOf(row), _layout.NarrowCount), (ulong)index);
            if (IsDecidedBy(chain, tree, first, own))
            {
                yield return _point;
            }
        }
    }

    private static bool DoesOther(in SpaceRow row, in SpaceRow own) =>
        row.Kind != ActionKind.Continue && (row.Kind != own.Kind || row.Target != own.Target);

    /// <summary>Takes a class of each dimension, another one for every seed.</summary>
    private void Choose(ulong[] box, ulong seed)
    {
        for (var d = 0; d < box.Length; d++)
        {
            seed = (seed * 6364136223846793005) + 1442695040888963407; // Knuth's multiplier, MMIX
            var dimension = _layout.Dimensions[d];
            var code = box[d];
            var count = dimension.IsNarrow ? (uint)BitOperations.PopCount(code) : (uint)(code >> 32) - (uint)code;
            var chosen = (uint)(seed >> 33) % count;
            if (!dimension.IsNarrow)
            {
                _point[d] = dimension.CodeOf((int)((uint)code + chosen));
                continue;
            }
            for (; chosen > 0; chosen--)
            {
                code &= code - 1;
            }
            _point[d] = code & (~code + 1);
        }
    }

    /// <summary>Whether, calls and unknowns aside, the packet comes to the rule, and to one that does something else once that is gone.</summary>
    private bool IsDecidedBy(SpaceChain chain, RowTree tree, int first, in SpaceRow own)
    {
        foreach (var index in tree.Find(_point) ?? [])
        {
            var row = chain.Rows[index];
            if (row.Kind is ActionKind.Continue or ActionKind.Jump || row.UnknownCount > 0 || (index >= first && index < own.NextRule)
                || !Boxes.Meets(_point, rules.TestsOf(row), _layout.NarrowCount))
            {
                continue;
            }
            return index > first && DoesOther(row, own);
        }
        return true;
    }
}
