using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RuleCompiler.Tests.Generators;

/// <summary>The values that packets are drawn from: few, so that packets meet rules.</summary>
internal sealed partial record PacketStock
{
    public required bool IsV6 { get; init; }

    /// <summary>Names of the interfaces but <c>lo</c>.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>Addresses of the host, the loopback's first.</summary>
    public required IReadOnlyList<string> Local { get; init; }

    /// <summary>Addresses of others.</summary>
    public required IReadOnlyList<string> Remote { get; init; }

    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Users and groups.</summary>
    public required IReadOnlyList<uint> Ids { get; init; }

    public required IReadOnlyList<uint> Marks { get; init; }

    /// <summary>Whether packets may have extension headers: where ports are rewritten behind them, the kernel's trace does not show it.</summary>
    public bool HasHeaders { get; init; }

    /// <summary>Whether conntrack runs: without it packets have no state, and fragments reach rules.</summary>
    public bool IsTracking { get; init; } = true;

    /// <summary>Whether packets may be invalid by a wrong checksum, which no expression tells: SYNPROXY drops them.</summary>
    public bool HasBrokenPackets { get; init; } = true;

    /// <summary>Addresses of the host but the loopback's.</summary>
    public IReadOnlyList<string> Addresses => [.. Local.Skip(1)];

    /// <summary>The values that a dump and its host speak of.</summary>
    public static PacketStock Of(JsonNode host, string dump, bool isV6)
    {
        var interfaces = host["interfaces"]!.AsArray();
        string[] own = [.. interfaces.SelectMany(entry => entry!["addresses"]!.AsArray())
            .Select(address => ((string)address!).Split('/')[0])
            .Where(address => address.Contains(':') == isV6 && !IPAddress.IsLoopback(IPAddress.Parse(address)))];
        var mentioned = (isV6 ? AddressV6() : AddressV4()).Matches(dump).Select(found => found.Groups["address"].Value);
        return new PacketStock
        {
            IsV6 = isV6,
            Interfaces = [.. interfaces.Select(entry => (string)entry!["name"]!).Where(name => name != "lo")],
            Local = [isV6 ? "::1" : "127.0.0.1", .. own],
            Remote = [.. own.SelectMany(Neighbours).Concat(mentioned.Where(IsUsable)).Except(own).Distinct()],
            Ports = [80, .. Port().Matches(dump).SelectMany(found => Numbers(found, 10)).Where(port => port is > 0 and < 65535).Select(port => (int)port)],
            Ids = [0, 1000, .. Id().Matches(dump).SelectMany(found => Numbers(found, 10))],
            Marks = [0, 1, .. Mark().Matches(dump).SelectMany(found => Numbers(found, 16))],
        };
    }

    private static IEnumerable<string> Neighbours(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        bytes[^1] ^= 0x40;
        yield return new IPAddress(bytes).ToString();
        bytes[bytes.Length == 4 ? 1 : 2] ^= 0x11;
        yield return new IPAddress(bytes).ToString();
    }

    private static bool IsUsable(string text) =>
        IPAddress.TryParse(text, out var address)
        && !IPAddress.IsLoopback(address)
        && address.GetAddressBytes()[^1] is not (0 or 255)
        && address.GetAddressBytes()[0] is > 0 and < 224 or 0xfd;

    private static IEnumerable<uint> Numbers(Match found, int radix) => found.Groups["value"].Value
        .Split(',', ':', '-')
        .Where(text => text.Length is > 0 and < 9)
        .Select(text => Convert.ToUInt32(text, radix));

    [GeneratedRegex(@"[ ,-](?<address>\d+\.\d+\.\d+\.\d+)")]
    private static partial Regex AddressV4();

    [GeneratedRegex(@"[ \[-](?<address>[0-9a-f]*:[0-9a-f:]+)")]
    private static partial Regex AddressV6();

    [GeneratedRegex(@"(port|ports|sport|dport|sports|dports) (?<value>\d[\d,:-]*)")]
    private static partial Regex Port();

    [GeneratedRegex(@"-owner (?<value>\d[\d-]*)")]
    private static partial Regex Id();

    [GeneratedRegex(@"(--mark|mark) 0x(?<value>[0-9a-f]+)")]
    private static partial Regex Mark();
}
