using RuleCompiler.Evaluation;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Packets that meet the same rules, one after the other, under the same outcome of the unknowns.</summary>
/// <param name="Box">The packets as they enter the host.</param>
/// <param name="Verdict">What becomes of them.</param>
/// <param name="Taker">Who decides; null where no chain was met.</param>
/// <param name="IsRewritten">Whether any address or port of each of them changes.</param>
/// <param name="IsHit">Whether they match the rule asked about.</param>
/// <param name="Way">The rest that is known of their way.</param>
internal sealed record PacketCell(ulong[] Box, Verdict Verdict, Taker? Taker, bool IsRewritten, bool IsHit, Cell Way);
