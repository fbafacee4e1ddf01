namespace RuleCompiler.Packets;

/// <summary>A 32-bit number of which only some bits are known, or count.</summary>
/// <param name="Value">The bits.</param>
/// <param name="Mask">Which of them are known, or count.</param>
public readonly record struct MaskedNumber(uint Value, uint Mask)
{
    /// <summary>All 32 bits.</summary>
    public static MaskedNumber Exact(uint value) => new(value, uint.MaxValue);

    /// <summary>Reads a number, perhaps a mask behind a slash: <c>0x10</c>, <c>7/0xff</c>.</summary>
    /// <returns>Null where the text is neither.</returns>
    public static MaskedNumber? Find(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var value = ClauseWords.FindNumber(slash < 0 ? text : text[..slash]);
        var mask = slash < 0 ? uint.MaxValue : ClauseWords.FindNumber(text[(slash + 1)..]);
        return value is { } v && mask is { } m ? new MaskedNumber(v, m) : null;
    }
}
