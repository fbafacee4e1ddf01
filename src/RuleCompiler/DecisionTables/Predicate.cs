using RuleCompiler.Packets;

namespace RuleCompiler.DecisionTables;

/// <summary>An atom of conditions, interned: each distinct test stands once in a ruleset.</summary>
/// <param name="Condition">What it means; never a conjunction, and never a plain negation.</param>
/// <param name="Field">The field it asks for, where it is a test of one field.</param>
/// <param name="LowClass">
/// Where the field is classified and the set is one run of classes: the first of them; else -1, and
/// <paramref name="Condition"/> is to be asked.
/// </param>
/// <param name="HighClass">The last of them.</param>
/// <param name="HoldsWhenAbsent">What it says of a packet without the field.</param>
internal readonly record struct Predicate(
    Condition Condition, PacketField? Field, int LowClass, int HighClass, bool HoldsWhenAbsent)
{
    /// <summary>Whether two comparisons with the packet's class answer it.</summary>
    public bool IsClassified => LowClass >= 0;
}
