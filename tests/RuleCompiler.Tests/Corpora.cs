using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests;

/// <summary>The files under <c>../shared/corpora</c> that hold rules, with what <c>SOURCES.md</c> there says of them.</summary>
internal static class Corpora
{
    private const string List = "corpora/SOURCES.md";

    /// <summary>Folders of what a kernel printed, which its own tool loads again.</summary>
    private static readonly string[] SavedFolders = ["loaded", "facts", "canonical", "generated"];

    /// <summary>The files in ordinal order; none where the data is absent.</summary>
    public static IReadOnlyList<CorpusFile> Files { get; } = ReadFiles();

    private static List<CorpusFile> ReadFiles()
    {
        var listed = SharedData.Folder is null ? [] : ReadList();
        return
        [
            .. SharedData.Files("corpora", "*")
                .Where(path => Path.GetExtension(path) is not (".md" or ".t"))
                .Select(path => Path.GetRelativePath(SharedData.Require("corpora"), path).Replace('\\', '/'))
                .Select(name => listed.TryGetValue(name, out var file) ? file : new CorpusFile(name, SavedBy(name), SavedBy(name))),
        ];
    }

    /// <summary>The rows of found dumps: the file is the first column, what each flavour said are the ninth and tenth.</summary>
    private static Dictionary<string, CorpusFile> ReadList() =>
        File.ReadAllText(SharedData.Require(List)).Split('\n') // some messages hold a carriage return
            .Select(line => line.Trim('|').Split(" | ", StringSplitOptions.TrimEntries))
            .Where(columns => columns.Length == 11)
            .ToDictionary(columns => columns[0], columns => new CorpusFile(
                columns[0],
                Flavours(IsOk(columns[8]), IsOk(columns[9])),
                Flavours(columns[8] == "ok, same", columns[9] == "ok, same")));

    private static bool IsOk(string verdict) =>
        verdict.StartsWith("ok", StringComparison.Ordinal) || verdict.EndsWith("ok once they exist", StringComparison.Ordinal);

    private static Flavour[] SavedBy(string name)
    {
        if (!name.Split('/').Any(SavedFolders.Contains))
        {
            return [];
        }
        var words = Path.GetFileName(name).Split('.');
        return words.Contains("nft-and-legacy") ? Flavours(true, true)
            : Flavours(!words.Contains("legacy"), words.Contains("legacy"));
    }

    private static Flavour[] Flavours(bool nft, bool legacy) =>
        [.. new[] { Flavour.Nft, Flavour.Legacy }.Where(flavour => flavour == Flavour.Nft ? nft : legacy)];
}
