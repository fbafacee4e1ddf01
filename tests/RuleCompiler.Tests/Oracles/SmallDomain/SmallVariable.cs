namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Something that no packet tells, and that is asked for.</summary>
/// <param name="Owner">The text of what is the same unknown everywhere; of what hangs on history the rule.</param>
/// <param name="Test">The test of that rule.</param>
/// <param name="Passage">How often the packet has come by that rule before.</param>
internal readonly record struct SmallVariable(object Owner, int Test = 0, int Passage = 0);
