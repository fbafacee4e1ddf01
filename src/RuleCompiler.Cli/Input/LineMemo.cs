using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Lines read before, with what came of them: flows of a list come again, and mostly with another source port.</summary>
/// <remarks>
/// A line has one of two places; a new one takes the place that is free, or else the first. Where hardly a line is known again, as
/// in a list of packets drawn at random, keeping them does not pay and is given up. May be shared by threads, which see each
/// other's lines or do not: what is printed is the same.
/// </remarks>
/// <param name="ports">Source ports that make no difference; null where each may.</param>
internal sealed class LineMemo(SourcePortClasses? ports)
{
    private const int Size = 1 << 16;

    /// <summary>A line is some 150 bytes long, and what is kept with it about three times that.</summary>
    private const int MaxLineBytes = 512;

    /// <summary>After so many lines it is seen whether one in <see cref="LinesPerHit"/> was known.</summary>
    private const int TrialLines = Size / 2;

    private const int LinesPerHit = 16;

    private readonly ulong[] _hashes = new ulong[Size];
    private readonly KnownLine?[] _lines = new KnownLine?[Size];
    private int _lineCount;
    private int _hitCount;
    private bool _isGivenUp;

    /// <summary>A line that was kept; null where it is not known.</summary>
    /// <param name="line">The line.</param>
    /// <param name="key">Its key, to keep it by; null where it is not to be kept.</param>
    public KnownLine? Find(ReadOnlySpan<byte> line, out LineKey? key)
    {
        key = null;
        if (_isGivenUp || line.Length > MaxLineBytes)
        {
            return null;
        }
        var wanted = LineKey.Of(line, ports);
        key = wanted;
        var place = PlaceOf(wanted);
        if ((FindAt(place, wanted, line) ?? FindAt(place ^ 1, wanted, line)) is { } known)
        {
            _hitCount++;
            return known;
        }
        GiveUpWherePointless();
        return null;
    }

    /// <summary>Keeps a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="key">Its key.</param>
    /// <param name="packet">Its packet.</param>
    public KnownLine Keep(ReadOnlySpan<byte> line, LineKey key, Packet packet)
    {
        var known = new KnownLine(key, line.ToArray(), packet);
        var place = PlaceOf(key);
        place ^= _lines[place] is not null && _lines[place ^ 1] is null ? 1 : 0;
        _lines[place] = known;
        _hashes[place] = key.Hash;
        return known;
    }

    private static int PlaceOf(LineKey key) => (int)(key.Hash % Size);

    private KnownLine? FindAt(int place, LineKey wanted, ReadOnlySpan<byte> line) =>
        _hashes[place] == wanted.Hash && _lines[place] is { } known && known.Is(wanted, line) ? known : null;

    /// <summary>Counts need not be exact.</summary>
    private void GiveUpWherePointless()
    {
        if (++_lineCount == TrialLines && _hitCount < TrialLines / LinesPerHit)
        {
            _isGivenUp = true;
            Array.Clear(_lines);
        }
    }
}
