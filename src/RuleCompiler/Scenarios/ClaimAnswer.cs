namespace RuleCompiler.Scenarios;

/// <summary>What a search says of a claim; neither field is set where it is proved.</summary>
/// <param name="Failure">What refutes it.</param>
/// <param name="Undecided">Why it is neither proved nor refuted.</param>
internal readonly record struct ClaimAnswer(Failure? Failure, string? Undecided);
