using System.Collections.Immutable;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting;

/// <summary>A host's interfaces and addresses of one family, and addresses elsewhere, to make packets of.</summary>
internal sealed class HostView
{
    private readonly Family _family;
    private readonly HashSet<IpAddress> _own;

    public HostView(HostFacts host, Family family)
    {
        _family = family;
        _own = [.. host.Interfaces.SelectMany(device => device.Addresses).Select(prefix => prefix.Address)];
        Devices = DevicesOf(host);
        IsWithoutLoopback = host.Interfaces.Any(device =>
            device.Name == HostInterface.Loopback.Name && device.Addresses.All(prefix => prefix.Address != Loopback));
    }

    /// <summary>Interfaces but <c>lo</c> with an address that others can reach, that of the default route first; at least one.</summary>
    public ImmutableArray<(string Name, IpAddress Address, int Length)> Devices { get; }

    /// <summary>127.0.0.1, or ::1.</summary>
    public IpAddress Loopback => Address("127.0.0.1", "::1");

    /// <summary>Whether <c>lo</c> is said to have other addresses only: such a host does not speak the family to itself.</summary>
    public bool IsWithoutLoopback { get; }

    /// <summary>An address far away.</summary>
    public IpAddress Remote => Address("10.244.2.9", "fd00:244:2::9");

    /// <summary>The address of a resolver elsewhere.</summary>
    public IpAddress Resolver => Address("10.96.0.10", "fd00:96::10");

    /// <summary>Another host's address that is reached by an interface: far away by that of the default route, else in its network.</summary>
    public IpAddress Beyond(int device)
    {
        if (device == 0)
        {
            return Remote;
        }
        var (_, address, length) = Devices[device];
        var hosts = IpAddress.WidthOf(_family) - length;
        var neighbour = new AddressPrefix(address, length).Network with { Value = new AddressPrefix(address, length).Network.Value + 9 };
        return hosts < 4 || neighbour == address ? address with { Value = address.Value ^ 1 } : neighbour;
    }

    /// <summary>Whether an address is some other host's.</summary>
    public bool IsForeign(IpAddress address) => IsUnicast(address) && !_own.Contains(address);

    /// <summary>Neither 0.0.0.0/8 (::), nor loopback, nor multicast and what is above.</summary>
    public bool IsUnicast(IpAddress address) => !CaptureMap.IsLoopback(address)
        && (_family == Family.IPv4 ? address.Value >> 24 > 0 && address.Value >> 24 < 224 : address.Value > 1 && address.Value >> 120 != 0xFF);

    /// <summary>The address of the family.</summary>
    public IpAddress Address(string ipv4, string ipv6) =>
        IpAddress.TryParse(_family == Family.IPv4 ? ipv4 : ipv6, out var address) ? address : default;

    private ImmutableArray<(string, IpAddress, int)> DevicesOf(HostFacts host)
    {
        var usual = host.Routes.FirstOrDefault(route =>
            route is { Destination: null, IsLocal: false, Table: null } && (route.Family ?? _family) == _family)?.Interface;
        ImmutableArray<(string, IpAddress, int)> all =
        [
            .. from device in host.Interfaces
               where device.Name != HostInterface.Loopback.Name
               from prefix in device.Addresses.Where(prefix => prefix.Address.Family == _family && !IsLinkLocal(prefix.Address)).Take(1)
               orderby device.Name == usual ? 0 : 1
               select (device.Name, prefix.Address, prefix.Length),
        ];
        return all.IsEmpty ? [(usual ?? "eth0", Address("10.244.1.7", "fd00:244::7"), _family == Family.IPv4 ? 24 : 64)] : all;
    }

    private static bool IsLinkLocal(IpAddress address) => address.Family == Family.IPv6 && address.Value >> 118 == 0x3FA; // fe80::/10
}
