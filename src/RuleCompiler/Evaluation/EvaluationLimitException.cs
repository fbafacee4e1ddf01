namespace RuleCompiler.Evaluation;

/// <summary>Evaluation stopped at a limit, so there is no complete answer.</summary>
/// <param name="message">Which limit, in words for the user.</param>
public sealed class EvaluationLimitException(string message) : Exception(message);
