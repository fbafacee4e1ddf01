using System.Globalization;
using System.Net;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The few values that small dumps speak of, and for every class of values that they can tell apart one of it.</summary>
internal static class SmallWorld
{
    public const uint First = 0xac100002;
    public const uint Second = 0xac100003;
    public const uint Loopback = 0x7f000001;

    /// <summary>Stands for an address of the machine that no packet of the domain has.</summary>
    public const uint Own = 0xac1000fe;

    public static IReadOnlyList<byte> Protocols { get; } = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp, 47];

    /// <summary>One of the lower half, one below the two that are named, those, one above; and the loopback, which targets name.</summary>
    public static IReadOnlyList<uint> Addresses { get; } = [0x0a000001, 0xac100001, First, Second, 0xac100009, Loopback];

    /// <summary>Below, at the two that are named, above.</summary>
    public static IReadOnlyList<ushort> Ports { get; } = [79, 80, 81, 82];

    /// <summary>Types and codes: those named, another code of each, and another type.</summary>
    public static IReadOnlyList<(byte Type, byte Code)> IcmpTypes { get; } = [(8, 0), (8, 1), (0, 0), (3, 0), (3, 1), (11, 0)];

    /// <summary>Every mixture of FIN, SYN, RST and ACK; no rule asks for other flags.</summary>
    public static IReadOnlyList<byte> Flags { get; } =
        [.. Enumerable.Range(0, 16).Select(bits => (byte)((bits & 7) | ((bits & 8) << 1)))];

    /// <summary>Those named, one more of <c>eth+</c>, and another.</summary>
    public static IReadOnlyList<string> Interfaces { get; } = ["lo", "eth0", "eth1", "eth2", "wlan0"];

    public static IReadOnlyList<uint> Uids { get; } = [0, 1000, 1001, 5];

    public static IReadOnlyList<uint> Gids { get; } = [0, 7, 9];

    /// <summary>All of three bits: rules test full marks up to 2 and the two low bits, so the third stands for all others.</summary>
    public static IReadOnlyList<uint> Marks { get; } = [0, 1, 2, 3, 4, 5, 6, 7];

    public static IReadOnlyList<ConntrackState> States { get; } =
    [
        ConntrackState.Invalid, ConntrackState.New, ConntrackState.Related, ConntrackState.Established,
        ConntrackState.Untracked,
    ];

    /// <summary>The tables in the order in which a hook asks them.</summary>
    public static IReadOnlyList<TableKind> TablesAt(Hook hook) => hook switch
    {
        Hook.Prerouting => [TableKind.Raw, TableKind.Mangle, TableKind.Nat],
        Hook.Input => [TableKind.Mangle, TableKind.Filter, TableKind.Nat, TableKind.Security],
        Hook.Forward => [TableKind.Mangle, TableKind.Filter, TableKind.Security],
        Hook.Output => [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter, TableKind.Security],
        _ => [TableKind.Mangle, TableKind.Nat],
    };

    public static bool HasIn(Hook hook) => hook is Hook.Prerouting or Hook.Input or Hook.Forward;

    public static bool HasOut(Hook hook) => hook is Hook.Forward or Hook.Output or Hook.Postrouting;

    public static bool HasOwner(Hook hook) => hook is Hook.Output or Hook.Postrouting;

    /// <summary>Where REDIRECT and MASQUERADE lead.</summary>
    public static uint OwnAddress(Hook hook) => hook == Hook.Output ? Loopback : Own;

    public static byte Protocol(string name) => name switch
    {
        "tcp" => IpProtocol.Tcp,
        "udp" => IpProtocol.Udp,
        "icmp" => IpProtocol.Icmp,
        _ => throw new FormatException($"No protocol of the small domain: {name}"),
    };

    public static string Text(uint address) => string.Create(
        CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");

    public static uint Parse(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return (uint)((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
    }
}
