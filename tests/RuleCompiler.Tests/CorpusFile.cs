using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Tests;

/// <summary>A file of the shared corpora, and what the real tools make of it.</summary>
/// <param name="Name">Its path below <c>corpora</c>, with <c>/</c>.</param>
/// <param name="LoadedBy">The flavours whose <c>iptables-restore</c> loads it; both only where that was tried.</param>
/// <param name="PrintedAsIsBy">Those whose <c>iptables-save</c> then prints the same rules; both only where that was tried.</param>
internal sealed record CorpusFile(string Name, IReadOnlyList<Flavour> LoadedBy, IReadOnlyList<Flavour> PrintedAsIsBy)
{
    /// <summary>The repository, or the kind of file, that it belongs to.</summary>
    public string TopFolder => Name.Split('/')[0];

    public SourceText Read() => SourceText.From(File.ReadAllBytes(SharedData.Require($"corpora/{Name}")), Name);
}
