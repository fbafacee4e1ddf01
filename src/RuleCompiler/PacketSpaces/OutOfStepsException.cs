namespace RuleCompiler.PacketSpaces;

/// <summary>A question took more steps than allowed: it has no answer.</summary>
internal sealed class OutOfStepsException : Exception;
