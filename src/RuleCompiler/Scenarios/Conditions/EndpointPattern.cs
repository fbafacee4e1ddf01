using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary>What a rewrite makes of an address or port: <c>ADDRESS</c>, <c>ADDRESS:PORT</c>, <c>:PORT</c>, each perhaps a range.</summary>
internal sealed record EndpointPattern
{
    private readonly string _text;
    private readonly (IpAddress First, IpAddress? Last)? _addresses;
    private readonly (ushort First, ushort? Last)? _ports;

    private EndpointPattern(string text, (IpAddress First, IpAddress? Last)? addresses, (ushort First, ushort? Last)? ports)
    {
        _text = text;
        _addresses = addresses;
        _ports = ports;
    }

    /// <summary>Reads one; IPv6 with a port stands in brackets.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EndpointPattern? pattern)
    {
        var (addresses, ports) = Split(text);
        var isRead = (addresses.Length > 0 || ports is not null)
            & TryParseRange<IpAddress>(addresses, (part, out value) => IpAddress.TryParse(part, out value), out var addressRange)
            & TryParseRange<ushort>(
                ports ?? "", (part, out value) => ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out value), out var portRange);
        isRead = isRead && (ports is null || portRange is not null)
            && (addressRange is not var (first, last) || last is not { } end || (end.Family == first.Family && end.Value >= first.Value))
            && (portRange is not var (low, high) || high is null || high >= low);
        pattern = isRead ? new EndpointPattern(text, addressRange, portRange) : null;
        return pattern is not null;
    }

    /// <summary>Whether what a rewrite makes is surely in this; where the kernel picks a port at random, all those it picks from must be.</summary>
    public bool Matches(Rewrite rewrite) =>
        (rewrite.Destination ?? rewrite.Source) is { } endpoint
        && (Addresses is not { } addresses || (endpoint.Address.Family == Family && addresses.Contains(endpoint.Address.Value)))
        && (Ports is not { } ports || (endpoint.Port is { } port && ports.Contains(port) && ports.Contains(rewrite.LastPort ?? port)));

    /// <summary>The family of the addresses; null where it has none.</summary>
    public Family? Family => _addresses?.First.Family;

    /// <summary>The addresses; null for any.</summary>
    public Interval? Addresses => _addresses is var (first, last) ? new Interval(first.Value, (last ?? first).Value) : null;

    /// <summary>The ports; null for any.</summary>
    public Interval? Ports => _ports is var (first, last) ? new Interval(first, last ?? first) : null;

    public override string ToString() => _text;

    private static (string Addresses, string? Ports) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf("]:", StringComparison.Ordinal);
            return close < 0 ? (text, null) : (text[1..close], text[(close + 2)..]);
        }
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon == text.LastIndexOf(':') ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }

    private static bool TryParseRange<T>(string text, Parser<T> parse, out (T First, T? Last)? range)
        where T : struct
    {
        range = null;
        if (text.Length == 0)
        {
            return true;
        }
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!parse(dash < 0 ? text : text[..dash], out var first))
        {
            return false;
        }
        T? last = null;
        if (dash >= 0)
        {
            if (!parse(text[(dash + 1)..], out var second))
            {
                return false;
            }
            last = second;
        }
        range = (first, last);
        return true;
    }

    private delegate bool Parser<T>(string text, out T value);
}
