using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>The tokens of one block while it is read, by the grammar's token types.</summary>
internal sealed class TokenBuffer
{
    private byte[] _types;
    private int[] _starts;
    private int[] _lengths;

    public TokenBuffer(int capacity)
    {
        // Not cleared: on a large dump, touching fresh memory costs as much as reading it.
        _types = GC.AllocateUninitializedArray<byte>(capacity);
        _starts = GC.AllocateUninitializedArray<int>(capacity);
        _lengths = GC.AllocateUninitializedArray<int>(capacity);
    }

    public int Count { get; private set; }

    public byte GetTokenType(int index) => _types[index];

    public int GetStart(int index) => _starts[index];

    public int GetEnd(int index) => _starts[index] + _lengths[index];

    public void Add(int type, int start, int end)
    {
        var index = Count;
        if (index == _types.Length)
        {
            Array.Resize(ref _types, index * 2);
            Array.Resize(ref _starts, index * 2);
            Array.Resize(ref _lengths, index * 2);
        }
        _types[index] = (byte)type;
        _starts[index] = start;
        _lengths[index] = end - start;
        Count = index + 1;
    }

    /// <summary>Gives a token another place in the text.</summary>
    public void Move(int index, TextSpan span)
    {
        _starts[index] = span.Start;
        _lengths[index] = span.Length;
    }

    /// <summary>Takes back the tokens from <paramref name="count"/> on.</summary>
    public void Truncate(int count) => Count = count;

    public void CopyTo(SyntaxKind[] kinds, int[] starts, int[] lengths, int offset)
    {
        for (var index = 0; index < Count; index++)
        {
            kinds[offset + index] = TokenTypes.ToSyntaxKind(_types[index]);
        }
        _starts.AsSpan(0, Count).CopyTo(starts.AsSpan(offset));
        _lengths.AsSpan(0, Count).CopyTo(lengths.AsSpan(offset));
    }
}
