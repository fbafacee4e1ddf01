using RuleCompiler.DecisionTables;

namespace RuleCompiler.PacketSpaces;

/// <summary>A rule as one box, or one of the disjoint boxes of a rule with lists, ranges or negations.</summary>
/// <param name="FirstTest">Index of its first test in <see cref="SpaceRuleset.Tests"/>, which are by dimension.</param>
/// <param name="TestCount">How many.</param>
/// <param name="FirstUnknown">Index of its first unknown in <see cref="SpaceRuleset.Unknowns"/>; all boxes of a rule share them.</param>
/// <param name="UnknownCount">How many.</param>
/// <param name="NextRule">Index of the row behind the rule's last one.</param>
/// <param name="RuleNumber">1-based in its chain.</param>
/// <param name="Kind">The action's kind.</param>
/// <param name="Target">For a jump or goto the index of the chain; else of the action.</param>
internal readonly record struct SpaceRow(
    int FirstTest, ushort TestCount, int FirstUnknown, ushort UnknownCount, int NextRule, int RuleNumber, ActionKind Kind, int Target) : INumberedRow;
