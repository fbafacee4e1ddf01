namespace RuleCompiler.Diffing;

/// <summary>A product of unions: for each dimension the codes of which a packet has one. What one expression can say.</summary>
/// <param name="codes">By dimension, upward and disjoint; one for a narrow dimension.</param>
internal sealed class SpaceBlock(ulong[][] codes)
{
    private int[]? _hashes;
    private int _hash;

    public ulong[][] Codes { get; } = codes;

    /// <summary>A hash of all dimensions but one, or of all for -1; each is hashed once.</summary>
    public int HashWithout(int dimension)
    {
        if (_hashes is null)
        {
            _hashes = new int[Codes.Length];
            for (var d = 0; d < Codes.Length; d++)
            {
                var hash = default(HashCode);
                hash.Add(d);
                foreach (var code in Codes[d])
                {
                    hash.Add(code);
                }
                _hashes[d] = hash.ToHashCode();
                _hash ^= _hashes[d];
            }
        }
        return dimension < 0 ? _hash : _hash ^ _hashes[dimension];
    }

    public static SpaceBlock Of(ulong[] box) => new([.. box.Select(code => new[] { code })]);

    /// <summary>The same block with other codes of a dimension.</summary>
    public SpaceBlock With(int dimension, ulong[] codes)
    {
        var copy = (ulong[][])Codes.Clone();
        copy[dimension] = codes;
        return new SpaceBlock(copy);
    }
}
