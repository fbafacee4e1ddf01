using System.Text;
using CsCheck;

namespace RuleCompiler.Tests.Syntax;

/// <summary>Random texts that look enough like dumps to reach every corner of the parser.</summary>
internal static class DumpText
{
    private static readonly string[] Pieces =
    [
        "\n", "\n", "\n", "\r\n", " ", " ", "\t", "\r", "*", "*nat", "* filter", ":", ":INPUT ACCEPT", ":X - [0:0]",
        "[12:3400]", "[1:x]", "[", "]", "COMMIT", "COMMIT\n", "*filter\n", "-A INPUT", "-j ACCEPT", "-", "--", "!", " ! ", "#", "# note",
        "\"", "\"a b\"", "\\", "\\\"", "iptables", "+ iptables -A X", "/sbin/ip6tables-legacy -t nat -N X", "x", "ä", "\0", "\uFEFF", "/iptables", ": iptables -A X",
        "# Warning: iptables-legacy tables present, use iptables-legacy to see them\n", "msg=\"iptables -A X\"",
    ];

    /// <summary>Bytes: pieces of dumps in any order, with stray bytes between them.</summary>
    public static readonly Gen<byte[]> Bytes = Gen.Frequency(
        (9, Gen.OneOf(Pieces.Select(Gen.Const).ToArray()).Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Byte.Select(value => new[] { value })))
        .Array[0, 60]
        .Select(pieces => pieces.SelectMany(piece => piece).ToArray());
}
