using RuleCompiler.Diagnostics;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Finds what iptables-save itself says when it cannot print all rules of a machine, each notice once.</summary>
/// <remarks>
/// Source: iptables/xtables-save.c (<c>Table `%s' is incompatible, use 'nft' tool.</c>) and nft-shared.c
/// (<c>Warning: iptables-legacy tables present, use ... to see them</c>). The parser knows the notices that are
/// comments or cut a line in two; what other programs copied without the <c>#</c> is looked for here.
/// </remarks>
internal static class PartialDumpNotice
{
    public static void Report(SyntaxTree tree, DiagnosticBag diagnostics)
    {
        var text = tree.Text;
        var notices = new SortedDictionary<int, TextSpan>();
        foreach (var warning in tree.ToolWarnings)
        {
            notices[text.GetLineIndex(warning.Start)] = warning;
        }
        Find(text, "is incompatible, use 'nft' tool"u8, notices);
        Find(text, "contains incompatible base-chains, use 'nft' tool"u8, notices);
        Find(text, "-legacy tables present, use"u8, notices);
        foreach (var notice in notices.Values)
        {
            diagnostics.Report(BindingDiagnostics.PartialDump.At(
                new Location(text, notice), text.ToString(notice).TrimStart('#', ' ')));
        }
    }

    private static void Find(SourceText text, ReadOnlySpan<byte> words, SortedDictionary<int, TextSpan> notices)
    {
        for (var start = 0; text.Bytes[start..].IndexOf(words) is var found and >= 0; start += found + words.Length)
        {
            var index = text.GetLineIndex(start + found);
            var line = text.GetLineSpan(index);
            var bytes = text.GetBytes(line);
            if (bytes.StartsWith("#"u8) || bytes.StartsWith("Table "u8) || bytes.StartsWith("Warning: "u8))
            {
                notices.TryAdd(index, line);
            }
        }
    }
}
