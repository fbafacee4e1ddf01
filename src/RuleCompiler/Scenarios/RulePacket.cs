using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Scenarios;

/// <summary>A packet, and the rules that it is the first to meet.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="Rule">The rule that it was looked for.</param>
/// <param name="Hits">That rule and others, in the order of its way; whether each is met whatever the unknowns are.</param>
internal sealed record RulePacket(Packet Packet, RuleReference Rule, ImmutableArray<(RuleReference Rule, bool IsAlways)> Hits);
