using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RuleCompiler.Extensions.Options;

/// <summary><c>any</c>, <c>all</c> or <c>only</c>, and chunk types with commas between: <c>DATA:uBE,INIT</c>.</summary>
/// <remarks>
/// Source: extensions/libxt_sctp.c. Behind a colon stand flags of the chunk: a capital asks for the bit, a small letter
/// for its absence. Numbers: IANA, SCTP chunk types.
/// </remarks>
internal sealed class ChunkTypesOption(string name) : OptionSpec<ChunkTypeTest>(name)
{
    /// <summary>In the order of print; flag letters from bit 7 down, <c>-</c> for a bit without one.</summary>
    private static readonly ImmutableArray<(string Name, byte Type, string FlagLetters)> Chunks =
    [
        ("DATA", 0, "----IUBE"), ("INIT", 1, "--------"), ("INIT_ACK", 2, "--------"), ("SACK", 3, "--------"),
        ("HEARTBEAT", 4, "--------"), ("HEARTBEAT_ACK", 5, "--------"), ("ABORT", 6, "-------T"), ("SHUTDOWN", 7, "--------"),
        ("SHUTDOWN_ACK", 8, "--------"), ("ERROR", 9, "--------"), ("COOKIE_ECHO", 10, "--------"),
        ("COOKIE_ACK", 11, "--------"), ("ECN_ECNE", 12, "--------"), ("ECN_CWR", 13, "--------"),
        ("SHUTDOWN_COMPLETE", 14, "-------T"), ("I_DATA", 64, "----IUBE"), ("ASCONF_ACK", 128, "--------"),
        ("RE_CONFIG", 130, "--------"), ("PAD", 132, "--------"), ("FORWARD_TSN", 192, "--------"), ("ASCONF", 193, "--------"),
        ("I_FORWARD_TSN", 194, "--------"),
    ];

    public override int ValueCount => 2;

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out ChunkTypeTest? value)
    {
        value = null;
        ChunkTypeTest.Quantifier kind;
        switch (reader.Text().ToUpperInvariant())
        {
            case "ANY":
                kind = ChunkTypeTest.Quantifier.Any;
                break;
            case "ALL":
                kind = ChunkTypeTest.Quantifier.All;
                break;
            case "ONLY":
                kind = ChunkTypeTest.Quantifier.Only;
                break;
            default:
                return reader.Fail(OptionDiagnostics.UnknownKeyword, reader.Text(), "any, all, only");
        }
        var list = reader.Text(1);
        if (list.Equals("ALL", StringComparison.OrdinalIgnoreCase))
        {
            value = new ChunkTypeTest(kind, UInt128.MaxValue, UInt128.MaxValue, ["ALL"], HasFlags: false);
            return true;
        }
        if (list.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            value = new ChunkTypeTest(kind, 0, 0, ["NONE"], HasFlags: false);
            return true;
        }
        return TryReadList(reader, kind, list, out value);
    }

    protected override void WriteValue(ChunkTypeTest value, RuleTextWriter writer) => writer.Word(value.ToString());

    private static bool TryReadList(
        OptionReader reader, ChunkTypeTest.Quantifier kind, string list, [NotNullWhen(true)] out ChunkTypeTest? value)
    {
        value = null;
        var words = new string?[Chunks.Length];
        UInt128 low = 0;
        UInt128 high = 0;
        var hasFlags = false;
        foreach (var item in list.Split(',', StringSplitOptions.RemoveEmptyEntries)) // as strtok(3) does
        {
            var colon = item.IndexOf(':', StringComparison.Ordinal);
            var index = IndexOf(colon < 0 ? item : item[..colon]);
            var flags = index >= 0 && colon >= 0 ? FormatFlags(item[(colon + 1)..], Chunks[index].FlagLetters) : "";
            if (index < 0 || flags is null)
            {
                return reader.FailAt(
                    1, OptionDiagnostics.BadValue, item, "an SCTP chunk type such as DATA or INIT_ACK, with flags such as DATA:uBE");
            }
            var chunk = Chunks[index];
            low |= chunk.Type < 128 ? UInt128.One << chunk.Type : 0;
            high |= chunk.Type < 128 ? 0 : UInt128.One << (chunk.Type - 128);
            hasFlags |= flags.Length > 0;
            words[index] = flags.Length > 0 ? $"{chunk.Name}:{flags}" : chunk.Name;
        }
        value = new ChunkTypeTest(kind, low, high, [.. words.OfType<string>()], hasFlags);
        return true;
    }

    private static int IndexOf(string name)
    {
        for (var i = 0; i < Chunks.Length; i++)
        {
            if (Chunks[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>The flags in the order of their bits; null where one is not known.</summary>
    private static string? FormatFlags(string given, string letters)
    {
        var result = "";
        foreach (var letter in letters)
        {
            var index = letter == '-' ? -1 : given.LastIndexOf(letter.ToString(), StringComparison.OrdinalIgnoreCase);
            result += index < 0 ? "" : given[index];
        }
        return given.All(c => c != '-' && letters.Contains(c, StringComparison.OrdinalIgnoreCase)) ? result : null;
    }
}
