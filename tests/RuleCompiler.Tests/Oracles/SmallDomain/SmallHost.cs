using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The machine for small packets at one hook, where REDIRECT and MASQUERADE give the same address by each interface.</summary>
internal static class SmallHost
{
    public static HostFacts Facts { get; } = new()
    {
        Interfaces =
        [
            new HostInterface("lo", [Only(SmallWorld.Own), Only(SmallWorld.Loopback) with { Length = 8 }]),
            .. SmallWorld.Interfaces.Where(name => name != "lo").Select(name => new HostInterface(name, [Only(SmallWorld.Own)])),
        ],
        Routes = [new HostRoute(Family.IPv4, null, null, "eth0")],
    };

    /// <summary>
    /// Whether a packet can be where it stands: what is to leave by <c>lo</c> is delivered, not passed on, and what a real interface
    /// brings from or to a loopback address is lost in routing.
    /// </summary>
    public static bool Meets(SmallPacket packet) => packet.In is null
        || (packet is not { Hook: Hook.Forward or Hook.Postrouting, Out: "lo" }
            && (packet.In == "lo" || (packet.Source != SmallWorld.Loopback && packet.Destination != SmallWorld.Loopback)));

    private static AddressPrefix Only(uint address) => new(new IpAddress(Family.IPv4, address), IpAddress.WidthOf(Family.IPv4));
}
