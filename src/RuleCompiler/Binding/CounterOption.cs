using System.Buffers.Text;
using RuleCompiler.Syntax;

namespace RuleCompiler.Binding;

/// <summary>Reads <c>-c PACKETS BYTES</c> and <c>-c PACKETS,BYTES</c>.</summary>
/// <remarks>Source: iptables/xshared.c, <c>do_parse</c>: a comma behind the first digit makes one argument of both.</remarks>
internal static class CounterOption
{
    /// <param name="tree">The tree.</param>
    /// <param name="token">The token of the first value.</param>
    /// <param name="inlineOffset">Where in that token the value begins.</param>
    /// <param name="end">Index of the token behind the line.</param>
    /// <param name="next">Index of the token behind the values.</param>
    /// <returns>The counters as iptables-save prints them, <c>[12:3400]</c>; null where there are no two numbers.</returns>
    public static string? Read(SyntaxTree tree, int token, int inlineOffset, int end, out int next)
    {
        next = Math.Min(token + 1, end);
        if (token >= end)
        {
            return null;
        }
        var packets = tree.Tokens.GetValue(token)[inlineOffset..];
        ReadOnlySpan<byte> bytes;
        if (packets.IndexOf((byte)',') is var comma and > 0)
        {
            bytes = packets[(comma + 1)..];
            packets = packets[..comma];
        }
        else if (next < end)
        {
            bytes = tree.Tokens.GetValue(next++);
        }
        else
        {
            return null;
        }
        return TryParse(packets, out var packetCount) && TryParse(bytes, out var byteCount)
            ? FormattableString.Invariant($"[{packetCount}:{byteCount}]")
            : null;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out ulong number) =>
        Utf8Parser.TryParse(text, out number, out var consumed) && consumed == text.Length;
}
