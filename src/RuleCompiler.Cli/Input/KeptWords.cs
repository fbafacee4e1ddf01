using System.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Words of which a list has few: each is looked up once, and known by its bytes from then on.</summary>
/// <param name="find">What a word means, where it is known and usual.</param>
internal sealed class KeptWords<T>(Func<string, (bool IsKnown, T Value)> find)
{
    private const int MaxKept = 16;
    private readonly List<(byte[] Bytes, T Value)> _kept = [];

    public bool TryRead(ReadOnlySpan<byte> text, out T value)
    {
        foreach (var (bytes, kept) in _kept)
        {
            if (text.SequenceEqual(bytes))
            {
                value = kept;
                return true;
            }
        }
        (var isKnown, value) = find(Encoding.UTF8.GetString(text));
        if (isKnown && _kept.Count < MaxKept)
        {
            _kept.Add((text.ToArray(), value));
        }
        return isKnown;
    }
}
