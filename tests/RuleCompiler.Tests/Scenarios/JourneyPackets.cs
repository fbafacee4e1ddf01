using RuleCompiler.Packets;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>A small domain of whole journeys: packets that arrive and packets that are sent, and spaces with just these in them.</summary>
/// <remarks>
/// What spaces leave open has a packet for each class of values that the dumps of <see cref="JourneyDumps"/> and their claims
/// can tell apart: every way that routing could say, marks, owners, states.
/// </remarks>
internal static class JourneyPackets
{
    private const string HostV4 = """
        {
          "interfaces": [
            { "name": "lo", "addresses": ["127.0.0.1/8"] },
            { "name": "eth0", "addresses": ["10.244.1.7/24"] },
            { "name": "eth1", "addresses": ["10.9.0.1/16"] }
          ],
          "routes": [ { "destination": "default", "via": "10.244.1.1", "interface": "eth0" } ]
        }
        """;

    /// <summary>The machine.</summary>
    public static string Host(bool isV6) => isV6 ? SmallV6Text.Of(HostV4) : HostV4;

    public static IReadOnlyList<string> Sources { get; } = ["10.244.1.7", "10.0.0.2", "127.0.0.6"];

    public static IReadOnlyList<string> Destinations { get; } = ["10.244.1.7", "10.0.0.3", "127.0.0.1"];

    public static IReadOnlyList<string> Ports { get; } = ["80", "81", "15006", "15012", "15020"];

    /// <summary>Those of the machine, and another.</summary>
    private static readonly string[] Interfaces = ["lo", "eth0", "eth1", "eth7"];

    private static readonly string[] Marks = ["0x0", "0x1", "0x4", "0x5", "0x8", "0x9", "0xc", "0xd"];
    private static readonly string[] Owners =
        ["socket none", "socket kernel", "uid 1000 gid 1000", "uid 1337 gid 1000", "uid 1000 gid 1337", "uid 1337 gid 1337"];

    /// <summary>Those of packets that belong to a connection, which has a mark.</summary>
    private static readonly string[] States = ["NEW", "ESTABLISHED", "RELATED"];

    /// <summary>What a space says after its addresses, with the clauses of each packet in it.</summary>
    public static IReadOnlyList<(string Clauses, IReadOnlyList<string> Packets)> Clauses { get; } =
    [
        ("in eth0 state NEW mark 0x0 ctmark 0x0", [.. Outs().Select(o => $"in eth0 {o} state NEW mark 0x0 ctmark 0x0")]),
        ("in * state NEW mark 0x4 ctmark 0x0", [.. from i in Interfaces from o in Outs() select $"in {i} {o} state NEW mark 0x4 ctmark 0x0"]),
        ("in eth1 out eth0 ctmark 0x4", [.. from s in States from m in Marks select $"in eth1 out eth0 state {s} mark {m} ctmark 0x4"]),
        ("in eth1 out eth0 state INVALID", [.. Marks.Select(m => $"in eth1 out eth0 state INVALID mark {m}")]),
        ("out eth0 state INVALID uid 1337 gid 1000", [.. Marks.Select(m => $"out eth0 state INVALID mark {m} uid 1337 gid 1000")]),
        ("in eth0 out lo state NEW ctmark 0x0", [.. Marks.Select(m => $"in eth0 out lo state NEW mark {m} ctmark 0x0")]),
        ("state NEW mark 0x0 ctmark 0x0", [.. from o in Outs() from w in Owners select $"{o} state NEW mark 0x0 {w} ctmark 0x0"]),
        ("out lo state NEW ctmark 0x0", [.. from m in Marks from w in Owners select $"out lo state NEW mark {m} {w} ctmark 0x0"]),
        ("out eth0 uid 1337 gid 1000 ctmark 0x4", [.. from s in States from m in Marks select $"out eth0 state {s} mark {m} uid 1337 gid 1000 ctmark 0x4"]),
    ];

    /// <summary>A packet of the domain.</summary>
    public static Packet Read(string expression) =>
        PacketExpression.Parse(SourceText.From(expression)).Packet ?? throw new FormatException(expression);

    private static IEnumerable<string> Outs() => Interfaces.Select(o => $"out {o}");
}
