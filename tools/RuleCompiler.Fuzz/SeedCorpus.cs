namespace RuleCompiler.Fuzz;

/// <summary>Real dumps, cut into sections and words, of which new inputs are made.</summary>
internal sealed class SeedCorpus
{
    private const int MaxFileBytes = 256 * 1024;

    private const int MaxHeadLines = 60;

    private SeedCorpus(List<SeedSection> sections)
    {
        Sections = sections;
        var words = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var line in sections.SelectMany(section => section.Head.Concat(section.Rules)))
        {
            foreach (var word in WordsOf(line))
            {
                words.TryAdd(Convert.ToHexString(word), word);
            }
        }
        Words = [.. words.Values];
    }

    public IReadOnlyList<SeedSection> Sections { get; }

    /// <summary>Each word of all sections once.</summary>
    public IReadOnlyList<byte[]> Words { get; }

    /// <summary>Reads the files below some folders, in ordinal order; large ones are left out.</summary>
    public static SeedCorpus Read(IEnumerable<string> folders)
    {
        var files = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => new FileInfo(path).Length is > 0 and <= MaxFileBytes)
            .Order(StringComparer.Ordinal);
        return new SeedCorpus([.. files.SelectMany(path => SectionsOf(File.ReadAllBytes(path)))]);
    }

    private static List<SeedSection> SectionsOf(byte[] text)
    {
        var sections = new List<SeedSection>();
        var head = new List<byte[]>();
        var rules = new List<byte[]>();
        foreach (var line in LinesOf(text))
        {
            if (line is [(byte)'*', ..])
            {
                Close();
            }
            if (line is [(byte)'*' or (byte)':', ..])
            {
                if (head.Count < MaxHeadLines)
                {
                    head.Add(line);
                }
            }
            else if (line.Length > 0)
            {
                rules.Add(line);
            }
        }
        Close();
        return sections;

        void Close()
        {
            if (head.Count + rules.Count > 0)
            {
                sections.Add(new SeedSection([.. head], [.. rules]));
            }
            head.Clear();
            rules.Clear();
        }
    }

    private static IEnumerable<byte[]> LinesOf(byte[] text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : start + length;
            yield return text[start..end];
            start = end + 1;
        }
    }

    private static IEnumerable<byte[]> WordsOf(byte[] line)
    {
        for (var start = 0; start < line.Length;)
        {
            var length = line.AsSpan(start).IndexOf((byte)' ');
            var end = length < 0 ? line.Length : start + length;
            if (end > start)
            {
                yield return line[start..end];
            }
            start = end + 1;
        }
    }
}
