using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Draws the text of matches over the fields that a dump speaks of.</summary>
internal sealed class SmallTests(Draw draw, SmallFields fields, bool hasUnknowns)
{
    private static readonly string[] Prefixes =
        ["172.16.0.2/32", "172.16.0.3/32", "172.16.0.2/31", "0.0.0.0/1", "128.0.0.0/1", "127.0.0.1/32"];

    private static readonly string[] AddressRanges =
        ["172.16.0.2-172.16.0.3", "0.0.0.0-172.16.0.2", "172.16.0.3-255.255.255.255"];

    private static readonly string[] PortRanges = ["80", "80", "81", "81", "80:81", "0:79", "0:80", "81:65535", "82:65535", "80:80"];
    private static readonly string[] PortLists = ["80,81", "81,80", "0:79,82:65535", "80,82:65535"];
    private static readonly string[] Interfaces = ["lo", "eth0", "eth1", "eth+"];
    private static readonly string[] IcmpTypes = ["8", "8", "0", "3", "3/1", "8/0"];
    private static readonly string[] Flags = ["FIN,SYN,RST,ACK SYN", "FIN,SYN,RST,ACK SYN", "SYN,ACK SYN,ACK", "RST RST", "SYN SYN", "FIN,SYN,RST,ACK NONE"];
    private static readonly string[] Uids = ["0", "1000", "1000-1001"];
    private static readonly string[] Marks = ["0x0", "0x1", "0x2", "0x1/0x1", "0x2/0x2", "0x0/0x1", "0x1/0x3"];

    /// <summary>All tests of a rule, in the order in which they print.</summary>
    public IEnumerable<string> Of(SmallPlace place)
    {
        var density = draw.Pick(30, 50, 70);
        if (Chooses(SmallFields.Source, density))
        {
            yield return $"{draw.Not(20)}-s {draw.Pick(Prefixes)}";
        }
        if (Chooses(SmallFields.Destination, density))
        {
            yield return $"{draw.Not(20)}-d {draw.Pick(Prefixes)}";
        }
        if (place.HasIn && Chooses(SmallFields.In, density))
        {
            yield return $"{draw.Not(25)}-i {draw.Pick(Interfaces)}";
        }
        if (place.HasOut && Chooses(SmallFields.Out, density))
        {
            yield return $"{draw.Not(25)}-o {draw.Pick(Interfaces)}";
        }
        var protocol = "";
        if (Chooses(SmallFields.Protocol, Math.Max(density, 40)))
        {
            protocol = $"{draw.Not(12)}-p {draw.Pick("tcp", "tcp", "udp", "icmp")}";
            yield return protocol;
        }
        foreach (var test in OfProtocol(protocol, density).Concat(Others(place, density)))
        {
            yield return test;
        }
    }

    /// <summary>One more test for a rule that is otherwise the copy of another; null where nothing comes to mind.</summary>
    public string? One(SmallPlace place) => Others(place, 40).FirstOrDefault();

    private IEnumerable<string> OfProtocol(string protocol, int density)
    {
        if (protocol == "-p icmp" && Chooses(SmallFields.IcmpType, 70))
        {
            yield return $"-m icmp {draw.Not(25)}--icmp-type {draw.Pick(IcmpTypes)}";
        }
        if (protocol is not ("-p tcp" or "-p udp"))
        {
            yield break;
        }
        foreach (var name in Ports())
        {
            if (draw.Chance(Math.Max(density, 50)))
            {
                yield return $"-m {protocol[3..]} {draw.Not(20)}--{name} {draw.Pick(PortRanges)}";
            }
            if (draw.Chance(density / 3))
            {
                yield return $"-m multiport {draw.Not(30)}--{draw.Pick($"{name}s", $"{name}s", "ports")} {draw.Pick(PortLists)}";
            }
        }
        if (protocol == "-p tcp" && Chooses(SmallFields.Flags, density))
        {
            yield return $"-m tcp {draw.Not(30)}--tcp-flags {draw.Pick(Flags)}";
        }
    }

    private IEnumerable<string> Others(SmallPlace place, int density)
    {
        if (Ranges(density) is { Length: > 0 } ranges)
        {
            yield return $"-m iprange{ranges}";
        }
        if (place.HasOwner && Chooses(SmallFields.Uid, density))
        {
            yield return Owner();
        }
        if (place.AsksState && Chooses(SmallFields.State, density))
        {
            yield return State(place);
        }
        if (Chooses(SmallFields.Mark, density))
        {
            yield return $"-m mark {draw.Not(25)}--mark {draw.Pick(Marks)}";
        }
        if (place.AsksState && Chooses(SmallFields.ConnectionMark, density))
        {
            yield return $"-m connmark {draw.Not(25)}--mark {draw.Pick("0x0", "0x1", "0x2", "0x1/0x1")}";
        }
        if (hasUnknowns && draw.Chance(20))
        {
            yield return draw.Pick(
                "-m limit --limit 5/sec",
                "-m quota --quota 1000",
                "-m connlimit --connlimit-upto 3 --connlimit-mask 32 --connlimit-saddr",
                $"-m u32 {draw.Not(25)}--u32 \"0x0=0x1\"",
                $"-m set {draw.Not(25)}--match-set wanted dst",
                $"-m statistic --mode random {draw.Not(25)}--probability 0.50000000000",
                "-m recent --rcheck --name seen --mask 255.255.255.255 --rsource",
                $"-m set {draw.Not(25)}--match-set blocked src",
                $"-m set {draw.Not(25)}--match-set blocked src",
                $"-m string {draw.Not(25)}--string \"abc\" --algo bm");
        }
        if (draw.Chance(5))
        {
            yield return $"-m comment --comment \"note {draw.Between(1, 9)}\"";
        }
    }

    private string Ranges(int density) =>
        (Chooses(SmallFields.Source, density / 4) ? $" {draw.Not(20)}--src-range {draw.Pick(AddressRanges)}" : "")
        + (Chooses(SmallFields.Destination, density / 4) ? $" {draw.Not(20)}--dst-range {draw.Pick(AddressRanges)}" : "");

    private string Owner() => draw.Between(0, fields.HasFlag(SmallFields.Gid) ? 9 : 5) switch
    {
        0 => $"-m owner {draw.Not(40)}--socket-exists",
        < 6 => $"-m owner {draw.Not(40)}--uid-owner {draw.Pick(Uids)}",
        < 8 => $"-m owner {draw.Not(40)}--gid-owner {draw.Pick("0", "7")}",
        _ => $"-m owner {draw.Not(40)}--uid-owner {draw.Pick(Uids)} {draw.Not(40)}--gid-owner 7",
    };

    /// <remarks>In nat a test of no state that nat is asked about is another check's.</remarks>
    private string State(SmallPlace place)
    {
        var states = draw.Chance(30) ? [ConntrackState.New] : draw.Some(draw.Pick(1, 1, 2, 3), SmallWorld.States);
        if (place.Table == TableKind.Nat && !states.Contains(ConntrackState.New))
        {
            states = [ConntrackState.New];
        }
        var names = string.Join(',', states.Select(state => state.ToString().ToUpperInvariant()));
        var not = place.Table == TableKind.Nat ? "" : draw.Not(25);
        return draw.Chance(80) ? $"-m conntrack {not}--ctstate {names}" : $"-m state {not}--state {names}";
    }

    private IEnumerable<string> Ports() =>
        new[] { (SmallFields.SourcePort, "sport"), (SmallFields.DestinationPort, "dport") }
            .Where(port => fields.HasFlag(port.Item1))
            .Select(port => port.Item2);

    private bool Chooses(SmallFields field, int percent) => fields.HasFlag(field) && draw.Chance(percent);
}
