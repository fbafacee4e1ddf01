using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Packets that go one way by the old dump and one by the new, to outcomes that differ.</summary>
/// <param name="Box">The packets as they enter the host.</param>
/// <param name="Old">Their way by the old dump; its box may be larger.</param>
/// <param name="New">Their way by the new one.</param>
/// <param name="IsExact">Whether the outcomes of each of them differ; else those of some may.</param>
internal readonly record struct CellPair(ulong[] Box, Cell Old, Cell New, bool IsExact);
