using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Flows;

/// <summary>A flow as a dump makes it.</summary>
/// <param name="Definition">Who talks to whom, and the article's path.</param>
/// <param name="Family">The family whose rules it met.</param>
/// <param name="Status">How it fares.</param>
/// <param name="Legs">Its connections, in order.</param>
/// <param name="Path">The rules that truly decide: <c>OUTPUT > ISTIO_OUTPUT#9 > ISTIO_REDIRECT#1 > Envoy 15001 > ...</c>.</param>
/// <param name="Note">In one line: where it differs from the article, or why it is broken or absent.</param>
public sealed record Flow(
    FlowDefinition Definition, Family Family, FlowStatus Status, ImmutableArray<Leg> Legs, string Path, string? Note);
