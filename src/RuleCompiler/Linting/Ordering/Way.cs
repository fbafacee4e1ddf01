using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>One way of calls from a hook to a chain.</summary>
/// <param name="Hook">The hook.</param>
/// <param name="Path">The calling rules, the base chain's first.</param>
/// <param name="Boxes">Boxes of the entering packets that can take it.</param>
internal sealed record Way(Hook Hook, ImmutableArray<RuleKey> Path, List<ulong[]> Boxes);
