namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary><c>enum nft_trace_types</c>.</summary>
internal enum TraceEventKind
{
    None,
    Policy,
    Return,
    Rule,
}
