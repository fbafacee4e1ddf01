namespace RuleCompiler.Symbols;

/// <summary>An ipset that rules name. A dump never has its members; they come with the host's facts, or stay unknown.</summary>
/// <param name="Name">Its name, unique on a host whatever the family.</param>
/// <param name="Dimensions">How many values of a packet the rules look up in it, 1 to 6; of several the most.</param>
/// <param name="FirstRule">The rule that names it first, in the order of tables and chains.</param>
/// <param name="Line">1-based line of that rule.</param>
internal sealed record SetSymbol(string Name, int Dimensions, RuleSymbol FirstRule, int Line);
