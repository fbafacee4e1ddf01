namespace RuleCompiler.Syntax.Parsing;

/// <summary>The lines that the tools print among a dump where part of the rules is not in it.</summary>
/// <remarks>Source: nft_check_xt_legacy in iptables/nft-shared.c, and iptables/xtables-save.c.</remarks>
internal static class ToolWarning
{
    /// <summary>Whether a comment is such a line, without its line break.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> comment)
    {
        var line = comment.TrimEnd(" \t\r"u8);
        return IsLegacyWarning(line)
            || (line.StartsWith("# Table `"u8) && line.EndsWith("' is incompatible, use 'nft' tool."u8));
    }

    /// <summary>
    /// Where the warning begins that cuts a line in two. It goes to stderr, unbuffered: where both streams end up in
    /// one file it may stand anywhere, and what it cut off is the next line.
    /// </summary>
    /// <returns>An offset in the line, above 0; -1 where nothing is cut.</returns>
    public static int FindCut(ReadOnlySpan<byte> line)
    {
        var hash = line.LastIndexOf((byte)'#');
        return hash > 0 && IsLegacyWarning(line[hash..].TrimEnd(" \t\r"u8)) ? hash : -1;
    }

    private static bool IsLegacyWarning(ReadOnlySpan<byte> line) =>
        line.StartsWith("# Warning: ip"u8)
        && line.IndexOf("tables-legacy tables present, use ip"u8) > 0
        && line.EndsWith(" to see them"u8);
}
