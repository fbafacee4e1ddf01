using CsCheck;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Tests.Cli;
using RuleCompiler.Tests.Oracles.SmallDomain;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Witnesses are packets that a person would think of, wherever the space has such.</summary>
internal sealed class WitnessPickerTests
{
    private const int DumpCount = 150;
    private const int Attempts = 12;

    [TestCase("-A FORWARD -i eth+ -j DROP", "tcp * -> * in *", "in br0 out ")]
    [TestCase("-A FORWARD -i eth+ -j DROP\n-A FORWARD -i br+ -j DROP\n-A FORWARD -i docker0 -j DROP", "tcp * -> * in *", "in ens3 out ")]
    [TestCase("-A FORWARD ! -s 10.0.0.0/8 -j DROP\n-A FORWARD ! -d 10.0.0.0/8 -j DROP", "tcp * -> * in *", "tcp 10.0.1.7:40000 -> 10.0.0.9:80 in ")]
    [TestCase("-A FORWARD -p tcp -m tcp ! --sport 0:1023 -j DROP", "tcp * -> * in *", ":1023 -> ")]
    public void Usual_interfaces_addresses_and_ports_are_taken(string rules, string space, string part)
    {
        var dump = $"*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n";
        var run = RulecRun.WithInput(dump, "search", "-", space, "--verdict", "accept");

        Assert.That(run.Output, Does.Contain(part));
    }

    [TestCase("--ctdir REPLY", "state RELATED", " dir reply\n")]
    [TestCase("--ctdir REPLY", "state NEW", " dir reply\n")]
    [TestCase("--ctproto 17", "state ESTABLISHED", " ctproto udp\n")]
    [TestCase("--ctorigsrc 10.9.9.9", "state ESTABLISHED", " ctorig 10.9.9.9:40000 -> ")]
    [TestCase("--ctorigdst 10.9.9.9 --ctorigdstport 99", "state RELATED", " -> 10.9.9.9:99\n")]
    [TestCase("--ctreplsrc 10.9.9.9", "state ESTABLISHED", " ctrepl 10.9.9.9:80 -> ")]
    public void What_is_asked_of_the_connection_is_told(string test, string state, string part)
    {
        var dump = $"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m conntrack {test} -j DROP\nCOMMIT\n";
        var run = RulecRun.WithInput(dump, "search", "-", $"tcp !10.9.9.9 -> !10.9.9.9 in * {state}", "--verdict", "drop");

        Assert.That(run.Output, Does.Contain(part));
    }

    /// <summary>Without an address of its frame, a packet from eth0 may or may not match.</summary>
    [Test]
    public void What_hangs_on_the_frame_s_address_has_one()
    {
        const string Dump = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m mac --mac-source 58:94:6B:17:41:7C -j RETURN\n-A INPUT -j DROP\nCOMMIT\n";
        var run = RulecRun.WithInput(Dump, "search", "-", "tcp * -> * in *", "--verdict", "drop");

        Assert.That(run.Output, Does.Contain(":80 in eth0 mac 02:00:00:00:00:01\n"));
    }

    [Test]
    public void A_status_that_follows_from_the_state_is_not_said()
    {
        const string Dump = "*filter\n:INPUT DROP [0:0]\n-A INPUT -m conntrack ! --ctstatus EXPECTED -j ACCEPT\nCOMMIT\n";
        var run = RulecRun.WithInput(Dump, "search", "-", "tcp * -> * in * state NEW", "--hits", "filter:INPUT:1", "--format", "json");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Does.Match("\"witness\": \"[^\"]*\"").And.Not.Match("\"witness\": \"[^\"]*ctstatus"));
        });
    }

    /// <summary>What a host sends came by no port of a bridge, so that no process can be asked for with one.</summary>
    [Test]
    public void What_a_host_sends_came_by_no_port_of_a_bridge()
    {
        const string Dump = "*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -m physdev --physdev-in tap0 -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n";

        Assert.That(RulecRun.WithInput(Dump, "search", "-", "tcp * -> *", "--hits", "mangle:POSTROUTING:1").ExitCode, Is.Zero);
        Assert.That(RulecRun.WithInput(Dump, "search", "-", "tcp * -> * in *", "--hits", "mangle:POSTROUTING:1").Output, Does.Contain("physin tap0"));
    }

    /// <remarks>The boxes are those of rules of random dumps, at each hook; no box is empty.</remarks>
    [Test]
    public void A_witness_lies_in_its_box_and_is_as_usual_as_the_box_lets_it_be() =>
        Gen.Int[1, 1_000_000].Sample(seed => Wrong(seed) is null, iter: DumpCount, print: seed => $"seed {seed}: {Wrong(seed)}");

    private static string? Wrong(int seed)
    {
        var space = SmallSpace.Of(seed);
        var picker = new WitnessPicker(space.Layout, space.Host);
        return space.Dump.Hooks.SelectMany(hook => BoxesAt(space, hook))
            .SelectMany(box => Enumerable.Range(0, Attempts).Select(attempt => Wrong(space, box, picker.Pick(box, attempt), isFirst: attempt == 0)))
            .OfType<string>().FirstOrDefault();
    }

    private static string? Wrong(SmallSpace space, ulong[] box, Packet packet, bool isFirst)
    {
        var outside = space.Layout.Dimensions.Where(d => !Has(box, d, ValueOf(packet, space, box, d.Field))).Select(d => d.Field);
        var unusual = Usual(space.Host).Where(usual => isFirst && space.Layout.Find(usual.Field) is { } dimension
            && Has(box, dimension, usual.Value) && ValueOf(packet, space, box, usual.Field) != usual.Value).Select(usual => usual.Field);
        var words = $"{string.Join(' ', outside.Select(field => $"not in {field}").Concat(unusual.Select(field => $"unusual {field}")))}";
        return words.Length > 0 ? $"{words}: {PacketExpression.Format(packet)} in\n{space.Dump}" : null;
    }

    private static IEnumerable<ulong[]> BoxesAt(SmallSpace space, Hook hook) =>
        from entry in space.Entries.At(hook)
        from row in space.Rules.Chains.SelectMany(chain => chain.Rows)
        let tests = space.Rules.Tests[row.FirstTest..(row.FirstTest + row.TestCount)]
        where Boxes.Meets(entry, tests, space.Layout.NarrowCount)
        select Boxes.Common(entry, tests, space.Layout.NarrowCount);

    /// <summary>What a packet has where its box lets it.</summary>
    private static IEnumerable<(PacketField Field, UInt128 Value)> Usual(HostFacts host) =>
    [
        (PacketField.Protocol, IpProtocol.Tcp),
        (PacketField.SourcePort, 40000),
        (PacketField.DestinationPort, 80),
        (PacketField.TcpFlags, (UInt128)(int)TcpFlags.Syn),
        (PacketField.ConntrackState, (UInt128)(int)ConntrackState.New),
        (PacketField.InInterface, InterfaceName.Pack(host.Interfaces.Select(device => device.Name).First(name => name != "lo"))),
    ];

    private static bool Has(ulong[] box, Dimension dimension, UInt128? value) => Boxes.Meet(
        box[dimension.Index],
        dimension.CodeOf(value is { } present ? dimension.ClassOf(present) : dimension.AbsentClass),
        dimension.IsNarrow) != Boxes.Nothing;

    /// <summary>What a packet has in a field; null for nothing.</summary>
    private static UInt128? ValueOf(Packet packet, SmallSpace space, ulong[] box, PacketField field)
    {
        var hasEntry = packet.State is ConntrackState.New or ConntrackState.Established or ConntrackState.Related;
        return field switch
        {
            PacketField.Protocol => packet.Protocol,
            PacketField.Source => packet.Source.Address.Value,
            PacketField.Destination => packet.Destination.Address.Value,
            PacketField.SourcePort => packet.Source.Port,
            PacketField.DestinationPort => packet.Destination.Port,
            PacketField.TcpFlags => packet.Protocol == IpProtocol.Tcp ? (UInt128)(int)packet.TcpFlags : null,
            PacketField.IcmpTypeCode => packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 ? (UInt128)((packet.IcmpType << 8) | packet.IcmpCode) : null,
            PacketField.InInterface => packet.InInterface is { } name ? InterfaceName.Pack(name) : 0,
            PacketField.OutInterface => OutOf(packet, space.Host, isForThisHost: Has(box, space.Layout[field], 0)) is { } name ? InterfaceName.Pack(name) : 0,
            PacketField.HasSocket => packet.Socket == SocketKind.None ? null : UInt128.One,
            PacketField.Uid => packet.Socket == SocketKind.Process ? packet.Uid : null,
            PacketField.Gid => packet.Socket == SocketKind.Process ? packet.Gid : null,
            PacketField.Mark => packet.Mark.Value,
            PacketField.ConntrackState => (UInt128)(int)packet.State,
            PacketField.ConnectionMark => hasEntry ? packet.ConnectionMark.Value : null,
            PacketField.MarkDifference => hasEntry ? packet.Mark.Value ^ packet.ConnectionMark.Value : null,
            PacketField.ConntrackZone => hasEntry ? packet.Zone : null,
            PacketField.IsLaterFragment => packet.IsLaterFragment ? UInt128.One : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };
    }

    /// <summary>Of what arrives, 'out lo' says too that it is for this host, where routes would not lead it here.</summary>
    private static string? OutOf(Packet packet, HostFacts host, bool isForThisHost) =>
        packet.InInterface is null ? packet.OutInterface ?? Routing.Of(host).Find(packet.Destination.Address, packet.Mark.Value).Interface
            : packet.OutInterface is "lo" && isForThisHost ? null : packet.OutInterface;
}
