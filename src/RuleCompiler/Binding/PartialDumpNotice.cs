using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Finds what iptables-save itself says when it cannot print all rules of a machine.</summary>
/// <remarks>
/// Source: iptables/xtables-save.c (<c>Table `%s' is incompatible, use 'nft' tool.</c>, <c>contains incompatible base-chains</c>) and nft-shared.c
/// (<c>Warning: iptables-legacy tables present, use ... to see them</c>).
/// </remarks>
internal static class PartialDumpNotice
{
    public static void Report(SourceText text, DiagnosticBag diagnostics)
    {
        Find(text, "is incompatible, use 'nft' tool"u8, diagnostics);
        Find(text, "contains incompatible base-chains"u8, diagnostics);
        Find(text, "-legacy tables present, use"u8, diagnostics);
    }

    private static void Find(SourceText text, ReadOnlySpan<byte> words, DiagnosticBag diagnostics)
    {
        for (var start = 0; text.Bytes[start..].IndexOf(words) is var found and >= 0; start += found + words.Length)
        {
            var line = text.GetLineSpan(text.GetLineIndex(start + found));
            var bytes = text.GetBytes(line);
            if (bytes.StartsWith("#"u8) || bytes.StartsWith("Table "u8) || bytes.StartsWith("Warning: "u8))
            {
                diagnostics.Report(BindingDiagnostics.PartialDump.At(
                    new Location(text, line), text.ToString(line).TrimStart('#', ' ')));
            }
        }
    }
}
