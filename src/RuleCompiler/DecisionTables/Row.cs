namespace RuleCompiler.DecisionTables;

/// <summary>One rule, lowered: a conjunction of signed predicates and an action. 20 bytes.</summary>
/// <param name="FirstPredicate">Index of its first reference in <see cref="CompiledRuleset.PredicateReferences"/>.</param>
/// <param name="PredicateCount">How many; 0 matches every packet.</param>
/// <param name="Kind">The action's kind.</param>
/// <param name="Target">For a jump or goto the index of the decision table; else of the action in <see cref="CompiledRuleset.Actions"/>.</param>
/// <param name="RuleNumber">1-based in its chain.</param>
/// <param name="Line">1-based line of the input.</param>
internal readonly record struct Row(
    int FirstPredicate, ushort PredicateCount, ActionKind Kind, int Target, int RuleNumber, int Line) : INumberedRow;
