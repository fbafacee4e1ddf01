namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Boxes in order of their entries: one closed interval a lane.</summary>
/// <param name="laneCount">How many intervals a box has.</param>
internal sealed class BoxList(int laneCount)
{
    private uint[] _bounds = new uint[64];
    private int[] _entries = new int[8];
    private bool[] _isFinal = new bool[8];
    private readonly uint[] _max = new uint[laneCount];

    public int LaneCount => laneCount;

    public int Count { get; private set; }

    /// <summary>Adds a box behind the others.</summary>
    /// <param name="bounds">Low and high of each lane, both inside.</param>
    /// <param name="entry">The entry that it belongs to, not below that of the box before.</param>
    /// <param name="isFinal">Whether nothing behind the entry is ever asked for of a point in the box.</param>
    public void Add(ReadOnlySpan<uint> bounds, int entry, bool isFinal)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
            Array.Resize(ref _isFinal, 2 * Count);
        }
        var start = Count * bounds.Length;
        if (start + bounds.Length > _bounds.Length)
        {
            Array.Resize(ref _bounds, 2 * (start + bounds.Length));
        }
        bounds.CopyTo(_bounds.AsSpan(start));
        for (var lane = 0; lane < _max.Length; lane++)
        {
            _max[lane] = Math.Max(_max[lane], bounds[(2 * lane) + 1]);
        }
        _entries[Count] = entry;
        _isFinal[Count++] = isFinal;
    }

    /// <summary>Low and high of each lane of a box.</summary>
    public ReadOnlySpan<uint> Bounds(int box) => _bounds.AsSpan(box * 2 * laneCount, 2 * laneCount);

    public uint Low(int box, int lane) => _bounds[((box * laneCount) + lane) * 2];

    public uint High(int box, int lane) => _bounds[(((box * laneCount) + lane) * 2) + 1];

    /// <summary>The largest value of a lane that is in any box.</summary>
    public uint Max(int lane) => _max[lane];

    public int Entry(int box) => _entries[box];

    public bool IsFinal(int box) => _isFinal[box];
}
