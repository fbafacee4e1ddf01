using System.Text;

namespace RuleCompiler.Fuzz;

/// <summary>Makes inputs: some rules of a real dump, then a few changes of bytes, words and lines.</summary>
/// <remarks>An input hangs on the seed and its number alone, so that each can be made again.</remarks>
internal sealed class InputMutator(SeedCorpus corpus, int seed)
{
    private const int MaxRules = 12;

    private const int MaxChanges = 6;

    private static readonly byte[] SpecialBytes = [0, 0x80, 0xff, .. "\"\\!#\r\n\t-[:]*+,/="u8];

    private static readonly byte[][] EdgeWords =
    [
        .. new[]
        {
            "0", "-1", "255", "256", "65535", "65536", "4294967295", "4294967296", "18446744073709551616", "0x", "08", "1:0",
            ":", "0/0", "::", "::/129", "0.0.0.0/33", "!", "--", "-", "\"\"", "\"", "COMMIT", "*nat", "*filter", "-A", "-j",
            "-m", "-p", "--dport", "-I", "-D", "-R", "-N", "-X", "-E", "-F", "-P", "-g", "-4", "-6", "-t", "-c",
            "[0:0]", "[99999999999999999999:0]", "# Warning: iptables-legacy tables present, use iptables-legacy-save to see them",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <param name="number">Which input.</param>
    public byte[] Make(long number)
    {
        var random = new Random(unchecked((int)((seed * 1_000_003L) + (number * 7919) + (number >> 32))));
        var text = new List<byte>(2048);
        AddSection(text, random);
        if (random.Next(8) == 0)
        {
            AddSection(text, random);
        }
        for (var changes = random.Next(MaxChanges + 1); changes > 0; changes--)
        {
            Change(text, random);
        }
        return [.. text];
    }

    private void AddSection(List<byte> text, Random random)
    {
        var section = corpus.Sections[random.Next(corpus.Sections.Count)];
        foreach (var line in section.Head)
        {
            AddLine(text, line);
        }
        var count = Math.Min(section.Rules.Count, random.Next(1, MaxRules + 1));
        var first = random.Next(section.Rules.Count - count + 1);
        for (var index = first; index < first + count; index++)
        {
            AddLine(text, section.Rules[index]);
        }
        if (section.Head.Count > 0)
        {
            AddLine(text, "COMMIT"u8);
        }
    }

    private static void AddLine(List<byte> text, ReadOnlySpan<byte> line)
    {
        text.AddRange(line);
        text.Add((byte)'\n');
    }

    private void Change(List<byte> text, Random random)
    {
        if (text.Count == 0)
        {
            return;
        }
        var place = random.Next(text.Count);
        switch (random.Next(10))
        {
            case 0:
                text[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                text.Insert(place, SpecialBytes[random.Next(SpecialBytes.Length)]);
                break;
            case 2:
                text.RemoveRange(place, text.Count - place);
                break;
            case 3 or 4:
                Replace(text, WordAt(text, place), corpus.Words[random.Next(corpus.Words.Count)]);
                break;
            case 5:
                Replace(text, WordAt(text, place), EdgeWords[random.Next(EdgeWords.Length)]);
                break;
            case 6:
                text.InsertRange(WordAt(text, place).Start, [.. EdgeWords[random.Next(EdgeWords.Length)], (byte)' ']);
                break;
            case 7:
                Swap(text, WordAt(text, place), WordAt(text, random.Next(text.Count)));
                break;
            case 8:
                var line = LineAt(text, place);
                text.InsertRange(LineAt(text, random.Next(text.Count)).Start, text.GetRange(line.Start, line.Length));
                break;
            default:
                var gone = LineAt(text, place);
                text.RemoveRange(gone.Start, gone.Length);
                break;
        }
    }

    private static void Replace(List<byte> text, (int Start, int Length) run, byte[] by)
    {
        text.RemoveRange(run.Start, run.Length);
        text.InsertRange(run.Start, by);
    }

    private static void Swap(List<byte> text, (int Start, int Length) one, (int Start, int Length) other)
    {
        if (one.Start > other.Start)
        {
            (one, other) = (other, one);
        }
        if (one.Start + one.Length <= other.Start)
        {
            var (first, second) = (text.GetRange(one.Start, one.Length), text.GetRange(other.Start, other.Length));
            Replace(text, other, [.. first]);
            Replace(text, one, [.. second]);
        }
    }

    private static (int Start, int Length) WordAt(List<byte> text, int place) => RunAt(text, place, b => b is (byte)' ' or (byte)'\n');

    /// <summary>The line, its line feed included.</summary>
    private static (int Start, int Length) LineAt(List<byte> text, int place)
    {
        var (start, length) = RunAt(text, place, b => b == (byte)'\n');
        return (start, Math.Min(length + 1, text.Count - start));
    }

    private static (int Start, int Length) RunAt(List<byte> text, int place, Predicate<byte> isBreak)
    {
        var start = place;
        while (start > 0 && !isBreak(text[start - 1]))
        {
            start--;
        }
        var end = start;
        while (end < text.Count && !isBreak(text[end]))
        {
            end++;
        }
        return (start, end - start);
    }
}
