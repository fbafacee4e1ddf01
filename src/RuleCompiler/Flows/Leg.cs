using RuleCompiler.Evaluation;

namespace RuleCompiler.Flows;

/// <summary>One connection of a flow: from who opens it to whom the rules bring it.</summary>
/// <param name="From">Who opens it: <c>Remote Pod</c>, <c>Envoy</c>.</param>
/// <param name="To">Where it ends: <c>Envoy 15006</c>, <c>Local Pod</c>.</param>
/// <param name="Trace">Its first packet's journey.</param>
public sealed record Leg(string From, string To, Trace Trace);
