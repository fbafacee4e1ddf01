using System.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Words of which a list has few: each is looked up once, and known by its bytes from then on.</summary>
/// <param name="find">What a word means, where it is known and usual.</param>
internal sealed class KeptWords<T>(Func<string, (bool IsKnown, T Value)> find)
{
    private const int MaxKept = 16;
    private readonly (byte[] Bytes, T Value)[] _kept = new (byte[], T)[MaxKept];
    private int _count;

    public bool TryRead(ReadOnlySpan<byte> text, out T value)
    {
        foreach (ref readonly var kept in _kept.AsSpan(0, _count))
        {
            if (text.SequenceEqual(kept.Bytes))
            {
                value = kept.Value;
                return true;
            }
        }
        (var isKnown, value) = find(Encoding.UTF8.GetString(text));
        if (isKnown && _count < MaxKept)
        {
            _kept[_count++] = (text.ToArray(), value);
        }
        return isKnown;
    }
}
