using System.Numerics;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Which bits of packets' marks are written over: a look at single rules, which spares most a closer one.</summary>
internal sealed class MarkWriters
{
    private const int MarkBits = 32;

    private readonly int[] _counts = new int[MarkBits];

    public MarkWriters(CompiledRuleset rules)
    {
        foreach (var table in rules.Tables)
        {
            foreach (var row in table.Rows)
            {
                for (var bits = MaskOf(rules, row); bits != 0; bits &= bits - 1)
                {
                    _counts[BitOperations.TrailingZeroCount(bits)]++;
                }
            }
        }
    }

    /// <summary>Whether rules beside one that writes some bits write over each of these.</summary>
    public bool AreOthersFor(uint mask)
    {
        for (var bits = mask; bits != 0; bits &= bits - 1)
        {
            if (_counts[BitOperations.TrailingZeroCount(bits)] < 2)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The bits of the mark that a row's target writes over; those that it only turns are none.</summary>
    public static uint MaskOf(CompiledRuleset rules, Row row) =>
        row.Kind is ActionKind.Continue or ActionKind.Tproxy ? MaskOf(rules.Actions[row.Target].Effect) : 0;

    private static uint MaskOf(Effect? effect) => effect switch
    {
        Effect.SetMark set => set.Mask,
        Effect.RestoreMark restore => restore.PacketMask,
        Effect.ShiftMark { Unshifted: Effect.RestoreMark } or Effect.HashMark or Effect.ChangeSet { MapsMark: true } => uint.MaxValue,
        Effect.ProxyTo proxy => proxy.MarkMask,
        Effect.Several several => several.Effects.Aggregate(0U, (mask, part) => mask | MaskOf(part)),
        _ => 0,
    };
}
