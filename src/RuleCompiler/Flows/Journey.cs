using System.Collections.Immutable;

namespace RuleCompiler.Flows;

/// <summary>What the rules made of a flow.</summary>
/// <param name="Legs">Its connections, in order.</param>
/// <param name="Captures">The listeners that took them, in order.</param>
/// <param name="IsLoop">Whether the last connection would be opened again and again.</param>
internal sealed record Journey(ImmutableArray<Leg> Legs, ImmutableArray<CapturePoint> Captures, bool IsLoop);
