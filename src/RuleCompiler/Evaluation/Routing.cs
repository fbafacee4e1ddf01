using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The host's routing, as far as its facts tell it; immutable, safe to share between threads.</summary>
internal sealed class Routing(HostFacts facts)
{
    /// <summary>Where a packet goes.</summary>
    /// <param name="destination">Its destination now.</param>
    /// <param name="mark">Its mark now; bits not known count as given.</param>
    /// <param name="outInterface">An interface forced from outside (<c>out IFACE</c>); overrules all but local delivery.</param>
    public Route Find(IpAddress destination, uint mark, string? outInterface = null) =>
        throw new NotSupportedException(facts.ToString());

    /// <summary>Whether routing loses an arriving packet for its addresses alone: 127.0.0.0/8 or ::1 by a real interface.</summary>
    public bool IsMartian(IpAddress source, IpAddress destination, string inInterface) => throw new NotSupportedException();

    /// <summary>The types of an address: one for IPv4; for IPv6 a local address is unicast too.</summary>
    /// <param name="address">The address.</param>
    /// <param name="onInterface">Where only this interface's addresses count as local; null: any.</param>
    public AddressType TypeOf(IpAddress address, string? onInterface = null) => throw new NotSupportedException();

    /// <summary>The address that an interface speaks with: what REDIRECT (PREROUTING), TPROXY and MASQUERADE use.</summary>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="family">Which kind of address.</param>
    /// <param name="towards">The next hop (MASQUERADE), or the old destination (REDIRECT, TPROXY); null: the first address.</param>
    /// <returns>Null where it has none.</returns>
    public IpAddress? PrimaryAddress(string interfaceName, Family family, IpAddress? towards = null) => throw new NotSupportedException();
}
