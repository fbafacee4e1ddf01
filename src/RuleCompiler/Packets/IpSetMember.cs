using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>A member of an ipset; which parts it has, its set's type says.</summary>
/// <remarks>Source: ipset(8), SET TYPES; lib/parse.c of ipset.</remarks>
internal sealed record IpSetMember
{
    /// <summary>The first address, network or range.</summary>
    public (IpAddress Low, IpAddress High)? First { get; init; }

    /// <summary>The second one, as in <c>hash:net,net</c> and <c>hash:ip,port,ip</c>.</summary>
    public (IpAddress Low, IpAddress High)? Second { get; init; }

    /// <summary>Protocol of the ports; null where the set has ports of any protocol (<c>bitmap:port</c>).</summary>
    public byte? Protocol { get; init; }

    /// <summary>Ports, or ICMP types and codes (type in the high byte), from the first to the last.</summary>
    public (ushort Low, ushort High)? Ports { get; init; }

    /// <summary>Name of an interface, or of a set.</summary>
    public string? Name { get; init; }

    /// <summary>Link-layer address.</summary>
    public ulong? Mac { get; init; }

    /// <summary>Firewall mark.</summary>
    public uint? Mark { get; init; }

    /// <summary>Whether it takes its packets out of the set again.</summary>
    public bool IsNoMatch { get; init; }

    /// <summary>Whether <see cref="Name"/> is the beginning of an interface's name.</summary>
    public bool IsWildcard { get; init; }

    /// <summary>Whether the interface is a bridge port; rules never ask for one.</summary>
    public bool IsPhysical { get; init; }

    /// <summary>Reads a member as <c>ipset save</c> prints it.</summary>
    /// <returns>Null where it is none of the type.</returns>
    public static IpSetMember? Parse(IpSetType type, string text)
    {
        var words = WordsBeforeComment(text);
        if (words is not [var key, .. var flags])
        {
            return null;
        }
        var parts = type.Parts is [IpSetPart.Set] ? [key] : key.Split(',');
        // An address with its link-layer address left out: any (ipset(8), bitmap:ip,mac).
        var mayBeShort = type.Parts is [IpSetPart.Address, IpSetPart.Mac] && parts.Length == 1;
        if (parts.Length != type.Parts.Length && !mayBeShort)
        {
            return null;
        }
        var member = new IpSetMember { IsNoMatch = flags.Contains("nomatch"), IsWildcard = flags.Contains("wildcard") };
        for (var i = 0; i < parts.Length; i++)
        {
            if (member.With(type.Parts[i], parts[i], isBarePort: type.Parts.Length == 1) is not { } next)
            {
                return null;
            }
            member = next;
        }
        return member;
    }

    private static string[] WordsBeforeComment(string text)
    {
        var comment = text.IndexOf(" comment ", StringComparison.Ordinal);
        return (comment < 0 ? text : text[..comment]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private IpSetMember? With(IpSetPart part, string text, bool isBarePort)
    {
        switch (part)
        {
            case IpSetPart.Address:
                return Range(text) is not { } range ? null : First is null ? this with { First = range } : this with { Second = range };
            case IpSetPart.Port:
                return WithPorts(text, isBarePort);
            case IpSetPart.Interface:
                var isPhysical = text.StartsWith("physdev:", StringComparison.Ordinal);
                return this with { Name = isPhysical ? text[8..] : text, IsPhysical = isPhysical };
            case IpSetPart.Mac:
                return ClauseWords.FindMac(text) is { } mac ? this with { Mac = mac } : null;
            case IpSetPart.Mark:
                return ClauseWords.FindNumber(text) is { } mark ? this with { Mark = mark } : null;
            case IpSetPart.Set:
                return this with { Name = text };
            default:
                throw new ArgumentOutOfRangeException(nameof(part));
        }
    }

    private static (IpAddress Low, IpAddress High)? Range(string text)
    {
        var dash = text.IndexOf('-');
        if (dash > 0)
        {
            return IpAddress.TryParse(text.AsSpan(0, dash), out var low) && IpAddress.TryParse(text.AsSpan(dash + 1), out var high)
                && low.Family == high.Family && low.Value <= high.Value
                    ? (low, high)
                    : null;
        }
        if (!AddressPrefix.TryParse(text, out var prefix))
        {
            return null;
        }
        var network = prefix.Network;
        var hostBits = IpAddress.WidthOf(network.Family) - prefix.Length;
        return (network, network with { Value = network.Value | (hostBits == 0 ? 0 : UInt128.MaxValue >> (128 - hostBits)) });
    }

    /// <summary><c>[PROTOCOL:]PORT[-PORT]</c>, <c>icmp:TYPE[/CODE]</c>; without a protocol it is tcp.</summary>
    private IpSetMember? WithPorts(string text, bool isBare)
    {
        var colon = text.IndexOf(':');
        var protocol = colon < 0 ? IpProtocol.Tcp : IpProtocol.Find(text[..colon]);
        if (protocol is null)
        {
            return null;
        }
        var value = text[(colon + 1)..];
        if (protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            var family = protocol == IpProtocol.Icmp ? Family.IPv4 : Family.IPv6;
            return ClauseWords.FindIcmpType(family, value) is var (type, code)
                ? this with { Protocol = protocol, Ports = ((ushort)((type << 8) | (code ?? 0)), (ushort)((type << 8) | (code ?? 0))) }
                : null;
        }
        var dash = value.IndexOf('-');
        var low = Port(dash < 0 ? value : value[..dash]);
        var high = dash < 0 ? low : Port(value[(dash + 1)..]);
        return low is { } l && high is { } h && l <= h
            ? this with { Protocol = isBare ? null : protocol, Ports = (l, h) }
            : null;
    }

    private static ushort? Port(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : ServiceNames.Find(text);
}
