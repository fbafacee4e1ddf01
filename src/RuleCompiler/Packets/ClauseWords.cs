using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>The words that stand for values in clauses, read and printed.</summary>
internal static class ClauseWords
{
    private static readonly ImmutableArray<(string Name, TcpFlags Flag)> Flags =
    [
        ("SYN", TcpFlags.Syn), ("FIN", TcpFlags.Fin), ("RST", TcpFlags.Rst), ("PSH", TcpFlags.Psh), ("ACK", TcpFlags.Ack),
        ("URG", TcpFlags.Urg), ("ECE", TcpFlags.Ece), ("CWR", TcpFlags.Cwr),
    ];

    private static readonly ImmutableArray<(string Name, ConntrackStatus Status)> Statuses =
    [
        ("EXPECTED", ConntrackStatus.Expected), ("SEEN_REPLY", ConntrackStatus.SeenReply), ("ASSURED", ConntrackStatus.Assured),
        ("CONFIRMED", ConntrackStatus.Confirmed), ("SNAT", ConntrackStatus.SourceNat), ("DNAT", ConntrackStatus.DestinationNat),
    ];

    private static readonly ImmutableArray<(string Name, ConntrackState State)> States =
    [
        ("NEW", ConntrackState.New), ("ESTABLISHED", ConntrackState.Established), ("RELATED", ConntrackState.Related),
        ("INVALID", ConntrackState.Invalid), ("UNTRACKED", ConntrackState.Untracked),
    ];

    private static readonly ImmutableArray<(string Name, FrameKind Kind)> FrameKinds =
        [("unicast", FrameKind.Unicast), ("broadcast", FrameKind.Broadcast), ("multicast", FrameKind.Multicast)];

    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\r\n\",>|");

    /// <summary>In the order in which packets have them, and then what can come last.</summary>
    private static readonly ImmutableArray<string> ExtensionHeaders = ["hop", "dst", "route", "frag", "auth"];

    private static readonly ImmutableArray<string> LastHeaders = ["esp", "none", "prot"];

    // IANA's name of the IPv6 hop-by-hop header.
    private const string NameOfProtocol0 = "hopopt";

    public static TcpFlags? FindFlag(string word) => Find(Flags, word, ("NONE", TcpFlags.None));

    public static string Print(TcpFlags flags) => Join(Flags.Where(f => flags.HasFlag(f.Flag)).Select(f => f.Name));

    public static ConntrackStatus? FindStatus(string word) => Find(Statuses, word, ("NONE", ConntrackStatus.None));

    public static string Print(ConntrackStatus status) => Join(Statuses.Where(s => status.HasFlag(s.Status)).Select(s => s.Name));

    public static ConntrackState? FindState(string word) => Find(States, word);

    public static string Print(ConntrackState state) => Join(States.Where(s => state.HasFlag(s.State)).Select(s => s.Name));

    public static FrameKind? FindFrameKind(string word) => Find(FrameKinds, word);

    public static string Print(FrameKind kind) => FrameKinds[(int)kind].Name;

    public static bool? FindYes(string word) => word switch { "yes" => true, "no" => false, _ => null };

    /// <summary>A protocol by name or number; 0, which rules have for 'any', has the name <c>hopopt</c>.</summary>
    public static byte? FindProtocol(string word) => word == NameOfProtocol0 ? (byte)0 : IpProtocol.Find(word) is { } found and not 0 ? found : null;

    /// <summary>The name that <see cref="FindProtocol"/> knows, or the number; ICMP of the other family goes by number.</summary>
    public static string PrintProtocol(byte protocol, Family family) => (protocol, family) switch
    {
        (0, _) => NameOfProtocol0,
        (IpProtocol.IcmpV6, Family.IPv6) => "icmpv6",
        (IpProtocol.IcmpV6, _) or (IpProtocol.Icmp, Family.IPv6) => protocol.ToString(CultureInfo.InvariantCulture),
        _ => IpProtocol.Name(protocol),
    };

    public static string SuggestProtocol(string word) =>
        Suggestion.For(word, ["tcp", "udp", "icmp", "icmpv6", "sctp", "udplite", "dccp"]);

    public static bool IsExtensionHeader(string word) => ExtensionHeaders.Contains(word) || LastHeaders.Contains(word);

    /// <summary>The names of extension headers by their bits.</summary>
    public static ImmutableArray<string> HeaderNames(uint bits) =>
        [.. ExtensionHeaders.Where(name => (FieldNames.FindBit(PacketField.ExtensionHeaders, name) & bits) != 0)];

    /// <summary>The word for what comes last in packets of a protocol.</summary>
    public static string LastHeader(byte protocol) =>
        protocol switch { IpProtocol.Esp => "esp", IpProtocol.NoNextHeader => "none", _ => "prot" };

    public static bool IsLastHeader(string word) => LastHeaders.Contains(word);

    /// <summary>A DSCP class: <c>EF</c>, <c>BE</c>, <c>CS0</c> to <c>CS7</c>, <c>AF11</c> to <c>AF43</c> (RFC 2474, 2597, 3246).</summary>
    /// <returns>The six bits, or null.</returns>
    public static byte? FindDscp(string word) => word.ToUpperInvariant() switch
    {
        "EF" => 46,
        "BE" => 0,
        ['C', 'S', >= '0' and <= '7' and var n] => (byte)(8 * (n - '0')),
        ['A', 'F', >= '1' and <= '4' and var n, >= '1' and <= '3' and var drop] => (byte)((8 * (n - '0')) + (2 * (drop - '0'))),
        _ => null,
    };

    /// <summary>A link-layer address, its six bytes separated by colons or dashes.</summary>
    public static ulong? FindMac(string word)
    {
        if (word.Length != 17)
        {
            return null;
        }
        ulong mac = 0;
        for (var i = 0; i < 17; i += 3)
        {
            if (!byte.TryParse(word.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var part)
                || (i > 0 && word[i - 1] is not (':' or '-')))
            {
                return null;
            }
            mac = (mac << 8) | part;
        }
        return mac;
    }

    /// <summary>A 32-bit number, decimal or hexadecimal behind <c>0x</c>.</summary>
    public static uint? FindNumber(string word) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null
        : uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Upper case, with colons.</summary>
    public static string PrintMac(ulong mac)
    {
        var result = new StringBuilder(17);
        for (var shift = 40; shift >= 0; shift -= 8)
        {
            result.Append(CultureInfo.InvariantCulture, $"{(byte)(mac >> shift):X2}").Append(shift > 0 ? ":" : "");
        }
        return result.ToString();
    }

    /// <summary>An ICMP type, with its code where the word says one.</summary>
    public static (byte Type, byte? Code)? FindIcmpType(Family family, string word)
    {
        if (IcmpTypeNames.Find(family, word) is { } named)
        {
            return named;
        }
        var slash = word.IndexOf('/');
        var code = slash < 0 ? null : Byte(word.AsSpan(slash + 1));
        return Byte(slash < 0 ? word : word.AsSpan(0, slash)) is { } type && (slash < 0 || code is not null) ? (type, code) : null;
    }

    /// <summary>By name where that is what everybody calls it, else by number.</summary>
    /// <param name="family">IPv4 for ICMP, IPv6 for ICMPv6.</param>
    /// <param name="type">The type.</param>
    /// <param name="code">The code; 0 goes without saying.</param>
    /// <param name="saysCode">Whether the code is printed all the same.</param>
    public static string PrintIcmpType(Family family, byte type, byte code, bool saysCode) => (family, type, code, saysCode) switch
    {
        (Family.IPv4, 8, 0, false) or (Family.IPv6, 128, 0, false) => "echo-request",
        (Family.IPv4, 0, 0, false) or (Family.IPv6, 129, 0, false) => "echo-reply",
        (Family.IPv4, 3, 0, false) or (Family.IPv6, 1, 0, false) => "destination-unreachable",
        (_, _, 0, false) => type.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{type}/{code}"),
    };

    /// <summary>A name, in quotes where the bare word would be read as something else.</summary>
    public static string PrintName(string name)
    {
        var isPlain = name.Length > 0 && name is not ("*" or "none") && name[0] is not ('!' or '#') && name[^1] is not ('-' or '+')
            && !name.AsSpan().ContainsAny(NotInNames) && !name.Contains(SpaceWords.AllBut, StringComparison.Ordinal) && ClauseNames.Find(name) is null;
        return isPlain ? name : Quote(name);
    }

    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static byte? Byte(ReadOnlySpan<char> text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static T? Find<T>(ImmutableArray<(string Name, T Value)> known, string word, params ReadOnlySpan<(string Name, T Value)> more)
        where T : struct
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, T)>)[.. known, .. more])
        {
            if (name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }
        return null;
    }

    private static string Join(IEnumerable<string> names) => string.Join(',', names) is { Length: > 0 } list ? list : "NONE";
}
