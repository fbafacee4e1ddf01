using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>What the rows of a chain ask for, dimension by dimension.</summary>
internal sealed class RowCodes
{
    private readonly SpaceLayout _layout;
    private readonly int _rowCount;
    private readonly ulong[]?[] _codes;

    public RowCodes(SpaceRuleset ruleset, SpaceChain chain)
    {
        (_layout, _rowCount) = (ruleset.Layout, chain.Rows.Length);
        _codes = new ulong[]?[_layout.Count];
        for (var row = 0; row < _rowCount; row++)
        {
            foreach (var (dimension, code) in ruleset.TestsOf(chain.Rows[row]))
            {
                if (_codes[dimension] is not { } codes)
                {
                    codes = new ulong[_rowCount];
                    Array.Fill(codes, _layout.Full[dimension]);
                    _codes[dimension] = codes;
                }
                codes[row] = code;
            }
        }
    }

    public ulong this[int row, int dimension] => _codes[dimension]?[row] ?? _layout.Full[dimension];

    /// <summary>The codes of all rows; null where none asks for anything.</summary>
    public ulong[]? Of(int dimension) => _codes[dimension];

    /// <summary>The rows by whether they name a source and a destination; no group is empty.</summary>
    public List<int>[] Grouped()
    {
        var (source, destination) = (_layout[PacketField.Source].Index, _layout[PacketField.Destination].Index);
        var groups = new List<int>[4];
        for (var row = 0; row < _rowCount; row++)
        {
            var group = (this[row, source] != _layout.Full[source] ? 1 : 0) | (this[row, destination] != _layout.Full[destination] ? 2 : 0);
            (groups[group] ??= []).Add(row);
        }
        return [.. groups.OfType<List<int>>()];
    }
}
