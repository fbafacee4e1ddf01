using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Options;

/// <summary>IPv6 extension headers with commas between: a bit set.</summary>
/// <remarks>Source: extensions/libip6t_ipv6header.c, <c>parse_header</c>; short names print as the long ones.</remarks>
internal sealed class HeaderSetOption(string name) : OptionSpec<uint>(name)
{
    private static readonly ImmutableArray<(string Word, string Short, uint Bit)> Headers =
    [
        ("hop-by-hop", "hop", 0x80), ("ipv6-opts", "dst", 0x40), ("ipv6-route", "route", 0x20), ("ipv6-frag", "frag", 0x10),
        ("ah", "auth", 0x08), ("esp", "esp", 0x04), ("ipv6-nonxt", "none", 0x02), ("protocol", "prot", 0x01),
    ];

    protected override bool TryRead(OptionReader reader, out uint value)
    {
        value = 0;
        foreach (var word in reader.Text().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Find(word) is not { } bit)
            {
                return reader.Fail(OptionDiagnostics.UnknownKeyword, word, string.Join(", ", Headers.Select(h => h.Word)));
            }
            value |= bit;
        }
        return true;
    }

    protected override void WriteValue(uint value, RuleTextWriter writer) =>
        writer.Word(string.Join(',', Headers.Where(h => (h.Bit & value) != 0).Select(h => h.Word)));

    private static uint? Find(string word)
    {
        foreach (var (name, shortName, bit) in Headers)
        {
            if (word == name || word == shortName)
            {
                return bit;
            }
        }
        return IpProtocol.Find(word) switch
        {
            0 => 0x80,
            60 => 0x40,
            43 => 0x20,
            44 => 0x10,
            IpProtocol.Ah => 0x08,
            IpProtocol.Esp => 0x04,
            59 => 0x02,
            255 => 0x01,
            _ => null,
        };
    }
}
