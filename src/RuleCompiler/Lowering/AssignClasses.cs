using System.Collections.Concurrent;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Lowering;

/// <summary>Cuts each field's values at the end points of all sets tested, and turns interval sets into class intervals.</summary>
internal static class AssignClasses
{
    private const int PieceSize = 4096;

    public static void Run(LoweringState state, CancellationToken cancellation)
    {
        var starts = new List<UInt128>?[PacketFieldInfo.Count];
        foreach (var atom in state.Atoms)
        {
            if (atom is Condition.FieldCondition { Set.IsMasked: false } field && HasOneValue(field.TestedField))
            {
                AddStarts(starts[(int)field.TestedField] ??= [], field.Set);
            }
        }
        cancellation.ThrowIfCancellationRequested();
        for (var field = 0; field < starts.Length; field++)
        {
            if (starts[field] is { } values)
            {
                state.Classifiers[field] = new FieldClassifier(SortedDistinct(values));
            }
        }
        var predicates = new Predicate[state.Atoms.Count];
        if (predicates.Length > 0)
        {
            Parallel.ForEach(Partitioner.Create(0, predicates.Length, PieceSize), piece =>
            {
                for (var i = piece.Item1; i < piece.Item2; i++)
                {
                    predicates[i] = ToPredicate(state.Atoms[i], state.Classifiers);
                }
            });
        }
        state.Predicates = predicates;
    }

    /// <summary>Groups have several values, so no class of their own.</summary>
    private static bool HasOneValue(PacketField field) => field != PacketField.Groups;

    private static void AddStarts(List<UInt128> starts, FieldSet set)
    {
        foreach (var (low, high) in set.Ranges)
        {
            if (low != 0)
            {
                starts.Add(low);
            }
            if (high != UInt128.MaxValue)
            {
                starts.Add(high + 1);
            }
        }
    }

    private static UInt128[] SortedDistinct(List<UInt128> values)
    {
        if (values.TrueForAll(v => v <= ulong.MaxValue))
        {
            // Most fields fit a machine word, which sorts several times as fast.
            var words = values.ConvertAll(v => (ulong)v).ToArray();
            Array.Sort(words);
            return Array.ConvertAll(Distinct(words), w => (UInt128)w);
        }
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return Distinct(sorted);
    }

    private static T[] Distinct<T>(T[] sorted)
        where T : IEquatable<T>
    {
        var count = 0;
        foreach (var value in sorted)
        {
            if (count == 0 || !sorted[count - 1].Equals(value))
            {
                sorted[count++] = value;
            }
        }
        return sorted[..count];
    }

    private static Predicate ToPredicate(Condition atom, FieldClassifier?[] classifiers)
    {
        if (atom is not Condition.FieldCondition field)
        {
            return new Predicate(atom, null, -1, -1, false);
        }
        var set = field.Set;
        return classifiers[(int)field.TestedField] is { } classifier && set is { IsMasked: false, Ranges: [var range] }
            && HasOneValue(field.TestedField)
            ? new Predicate(
                atom, field.TestedField, classifier.Classify(range.Low), classifier.Classify(range.High), set.IncludesAbsent)
            : new Predicate(atom, field.TestedField, -1, -1, set.IncludesAbsent);
    }
}
