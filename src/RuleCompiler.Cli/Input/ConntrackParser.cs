using System.Globalization;
using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Connections as <c>conntrack -L</c> and <c>/proc/net/nf_conntrack</c> print them, one a line: the packet that opens each.</summary>
/// <remarks>
/// Only the original direction is read. What the listing tells of a connection that is under way (its state, its mark) is
/// not yet so when it is opened.
/// </remarks>
internal sealed class ConntrackParser(ArrivalInference arrivals) : ILineParser
{
    private const string Incomplete = "No connection as 'conntrack -L' prints it: a protocol, src= and dst= are needed, and sport= and dport= where it has ports";

    public IReadOnlyCollection<string> UnknownFields => [];

    /// <summary>What the tool says on its other stream, where both went to one file: there it stands first.</summary>
    private const string Summary = "conntrack v";

    /// <summary>Whether a line is one of such a listing.</summary>
    public static bool IsOfListing(ReadOnlySpan<char> line) =>
        line.StartsWith(Summary, StringComparison.Ordinal)
        || (line.Contains(" src=", StringComparison.Ordinal) && line.Contains(" dst=", StringComparison.Ordinal));

    public bool TryParse(ReadOnlySpan<byte> line, out Packet? packet, out string? problem)
    {
        (packet, problem) = (null, null);
        var text = Encoding.UTF8.GetString(line);
        if (string.IsNullOrWhiteSpace(text) || text.StartsWith(Summary, StringComparison.Ordinal))
        {
            return false;
        }
        packet = Read(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        problem = packet is null ? Incomplete : null;
        return true;
    }

    private Packet? Read(string[] words)
    {
        // '-o extended' and /proc begin with the family: ipv4 2 tcp 6 ...
        var name = words[0] is "ipv4" or "ipv6" ? words.ElementAtOrDefault(2) : words[0];
        if (name is null || (name == "unknown" ? Number(words[Array.IndexOf(words, name) + 1]) : IpProtocol.Find(name)) is not { } protocol
            || Address(words, "src=") is not { } source || Address(words, "dst=") is not { } destination
            || source.Family != destination.Family)
        {
            return null;
        }
        var (sourcePort, destinationPort) = (Port(words, "sport="), Port(words, "dport="));
        var hasPorts = IpProtocol.HasPorts(protocol);
        if (hasPorts && (sourcePort is null || destinationPort is null))
        {
            return null;
        }
        var arrival = arrivals.InterfaceOf(source);
        var zone = Port(words, "zone=");
        var isIcmp = protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;
        return new Packet
        {
            Protocol = protocol,
            Source = new Endpoint(source, hasPorts ? sourcePort : null),
            Destination = new Endpoint(destination, hasPorts ? destinationPort : null),
            InInterface = arrival,
            Zone = zone ?? 0,
            IcmpType = isIcmp ? (byte)(Port(words, "type=") ?? 0) : (byte)0,
            IcmpCode = isIcmp ? (byte)(Port(words, "code=") ?? 0) : (byte)0,
            GivenClauses =
            [
                .. arrival is null ? Array.Empty<PacketClause>() : [PacketClause.In],
                .. zone is null ? Array.Empty<PacketClause>() : [PacketClause.Zone],
                .. isIcmp ? [PacketClause.Type] : Array.Empty<PacketClause>(),
            ],
        };
    }

    /// <summary>The value behind a name where it stands first, which is in the original direction.</summary>
    private static string? Value(string[] words, string name) =>
        Array.Find(words, word => word.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static IpAddress? Address(string[] words, string name) =>
        Value(words, name) is { } text && IpAddress.TryParse(text, out var address) ? address : null;

    private static ushort? Port(string[] words, string name) =>
        ushort.TryParse(Value(words, name), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static byte? Number(string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
