using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>A base chain as one list: first match decides. Safe to share between threads.</summary>
/// <param name="rows">In order.</param>
/// <param name="tests">Of all rows.</param>
/// <param name="policy">What is done behind the last one.</param>
internal sealed class FlatList(FlatRow[] rows, SpaceTest[] tests, int policy)
{
    /// <summary>The code in a column of a row that does not ask for the dimension: all of a wide one.</summary>
    public const ulong Unasked = (ulong)uint.MaxValue << 32;

    private readonly Dictionary<int, ulong[]?> _columns = [];

    /// <summary>The list of a table without a chain at the hook: it lets everything pass.</summary>
    public static FlatList Empty { get; } = new([], [], ActionNumbers.Accept);

    public FlatRow[] Rows { get; } = rows;

    public int Policy { get; } = policy;

    public ReadOnlySpan<SpaceTest> TestsOf(in FlatRow row) => tests.AsSpan(row.FirstTest, row.TestCount);

    /// <summary>What each row asks of a wide dimension; null where none asks for it.</summary>
    public ulong[]? ColumnOf(int dimension)
    {
        lock (_columns)
        {
            if (!_columns.TryGetValue(dimension, out var column))
            {
                _columns[dimension] = column = MakeColumn(dimension);
            }
            return column;
        }
    }

    private ulong[]? MakeColumn(int dimension)
    {
        ulong[]? column = null;
        for (var index = 0; index < Rows.Length; index++)
        {
            foreach (ref readonly var test in TestsOf(Rows[index]))
            {
                if (test.Dimension == dimension)
                {
                    if (column is null)
                    {
                        column = new ulong[Rows.Length];
                        Array.Fill(column, Unasked);
                    }
                    column[index] = test.Code;
                    break;
                }
            }
        }
        return column;
    }
}
