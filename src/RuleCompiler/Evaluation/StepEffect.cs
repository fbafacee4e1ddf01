namespace RuleCompiler.Evaluation;

/// <summary>A change that a rule made and later rules see.</summary>
/// <param name="Kind">Such as <c>mark</c>, <c>connmark</c>, <c>tos</c>, <c>ttl</c>, <c>zone</c>.</param>
/// <param name="Value">The value after it, in the form rules write it: <c>0x539</c>.</param>
public sealed record StepEffect(string Kind, string Value);
