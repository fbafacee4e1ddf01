using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios;

/// <summary>What became of a packet, for one outcome of its unknowns.</summary>
/// <param name="Trace">Its journey.</param>
/// <param name="Flow">The number of the sidecar's flow that it is a leg of; null for none.</param>
internal sealed record TracedOutcome(Trace Trace, int? Flow);
