using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>A base chain as one list: first match decides.</summary>
/// <param name="Rows">In order.</param>
/// <param name="Tests">Of all rows.</param>
/// <param name="Policy">What is done behind the last one.</param>
internal sealed record FlatList(FlatRow[] Rows, SpaceTest[] Tests, int Policy)
{
    /// <summary>The list of a table without a chain at the hook: it lets everything pass.</summary>
    public static FlatList Empty { get; } = new([], [], ActionNumbers.Accept);

    public ReadOnlySpan<SpaceTest> TestsOf(in FlatRow row) => Tests.AsSpan(row.FirstTest, row.TestCount);
}
