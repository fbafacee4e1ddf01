using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation.Classifier;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Benchmarks;

/// <summary>A five-tuple rule set of <c>classbench_like.py</c> with its packets.</summary>
internal sealed class ClassBenchSet
{
    private ClassBenchSet(Compilation compilation, IReadOnlyList<Packet> packets)
    {
        Compilation = compilation;
        Packets = packets;
    }

    public Compilation Compilation { get; }

    /// <summary>All arrive by eth0 and leave by eth1, so FORWARD decides.</summary>
    public IReadOnlyList<Packet> Packets { get; }

    public CompiledRuleset Rules => Compilation.GetTables(Family.IPv4) ?? throw new InvalidOperationException();

    public DecisionTable Forward => Rules.FindBaseChain(TableKind.Filter, Hook.Forward) ?? throw new InvalidOperationException();

    /// <summary>Reads <c>PATH.save</c> and <c>PATH.trace</c>.</summary>
    public static ClassBenchSet Read(string path)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(File.ReadAllBytes(path + ".save"), path)));
        return new ClassBenchSet(compilation, [.. File.ReadLines(path + ".trace").Select(ReadPacket)]);
    }

    /// <summary>The packets as points of a classifier, one behind the other.</summary>
    public uint[] Locate(ChainClassifier classifier) =>
    [
        .. Packets.SelectMany(packet => classifier.Lanes.Select(lane => lane.Encode(lane.Field switch
        {
            PacketField.Protocol => packet.Protocol,
            PacketField.Source => packet.Source.Address.Value,
            PacketField.Destination => packet.Destination.Address.Value,
            PacketField.SourcePort => packet.Source.Port,
            PacketField.DestinationPort => packet.Destination.Port,
            PacketField.TcpFlags => packet.Protocol == IpProtocol.Tcp ? (UInt128)(int)packet.TcpFlags : null,
            PacketField.IcmpTypeCode => packet.Protocol == IpProtocol.Icmp ? (UInt128)((packet.IcmpType << 8) | packet.IcmpCode) : null,
            _ => throw new NotSupportedException($"lane {lane.Field}"),
        }))),
    ];

    /// <summary>Source, destination, source port, destination port and protocol, in the columns of ClassBench.</summary>
    private static Packet ReadPacket(string line)
    {
        var words = line.Split('\t', ' ');
        var protocol = byte.Parse(words[4], CultureInfo.InvariantCulture);
        var hasPorts = protocol is IpProtocol.Tcp or IpProtocol.Udp;
        return new Packet
        {
            Protocol = protocol,
            Source = ReadEndpoint(words[0], hasPorts ? words[2] : null),
            Destination = ReadEndpoint(words[1], hasPorts ? words[3] : null),
            InInterface = "eth0",
            OutInterface = "eth1",
        };
    }

    private static Endpoint ReadEndpoint(string address, string? port) => new(
        new IpAddress(Family.IPv4, uint.Parse(address, CultureInfo.InvariantCulture)),
        port is null ? null : ushort.Parse(port, CultureInfo.InvariantCulture));
}
