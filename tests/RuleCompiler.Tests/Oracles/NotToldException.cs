namespace RuleCompiler.Tests.Oracles;

/// <summary>A rule asks something that the reference evaluator cannot tell of a packet.</summary>
internal sealed class NotToldException : Exception;
