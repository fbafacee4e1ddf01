using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RuleCompiler.Evaluation;
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
        pattern = isRead && (ports is null || portRange is not null) ? new EndpointPattern(text, addressRange, portRange) : null;
        return pattern is not null;
    }

    /// <summary>Whether a rewrite makes just this; a range is one that the kernel picks from, not one to be in.</summary>
    public bool Matches(Rewrite rewrite) =>
        (rewrite.Destination ?? rewrite.Source) is { } endpoint
        && (_addresses is not var (address, lastAddress) || (endpoint.Address == address && rewrite.LastAddress == lastAddress))
        && (_ports is not var (port, lastPort) || (endpoint.Port == port && rewrite.LastPort == lastPort));

    /// <summary>The address, of a range the first; null for any.</summary>
    public IpAddress? Address => _addresses?.First;

    /// <summary>The port, of a range the first; null for any.</summary>
    public ushort? Port => _ports?.First;

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
