using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Firewalls that stop a host from talking to itself.</summary>
internal sealed class LoopbackDroppedAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor LoopbackDropped { get; } = new("IPT3018", DiagnosticSeverity.Warning)
    {
        Title = "Loopback traffic is stopped",
        Message = "Connections of this host to itself over lo are stopped here, to any port that no rule names",
        Explanation = """
            Programs talk to each other over lo: resolvers, databases, mail. Packets that arrive by lo were sent by this very
            host, so nothing is gained by stopping them. Accept what comes in by lo first.
            """,
        Example = """
            *filter
            [|:INPUT DROP [0:0]|]
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(LoopbackDropped, "loopback-dropped")];

    public override IEnumerable<Finding> Analyze(LintContext context)
    {
        if (context.Packets.Host.IsWithoutLoopback)
        {
            return [];
        }
        var loopback = context.Packets.Host.Loopback.Value;
        var limits = HostPackets.UsualOfConnection
            .With(PacketField.Protocol, FieldSet.Union([new(IpProtocol.Tcp, IpProtocol.Tcp), new(IpProtocol.Udp, IpProtocol.Udp)]))
            .With(PacketField.InInterface, InterfaceName.Pack(HostInterface.Loopback.Name))
            .With(PacketField.OutInterface, 0).With(PacketField.Source, loopback).With(PacketField.Destination, loopback)
            .With(PacketField.SourcePort, FieldSet.Range(HostPackets.OpenerPorts)).With(PacketField.ConntrackState, (int)ConntrackState.New);
        var both = RulesetSlice.Of(context, limits);
        return Find(context, both, limits.With(PacketField.Protocol, IpProtocol.Tcp).With(PacketField.TcpFlags, (int)TcpFlags.Syn)) is { } tcp ? [tcp]
            : Find(context, both, limits.With(PacketField.Protocol, IpProtocol.Udp)) is { } udp ? [udp]
            : [];
    }

    /// <summary>The first rule that stops what one program says to another, about ports that no rule names.</summary>
    private static Finding? Find(LintContext context, RulesetSlice both, PacketLimits limits)
    {
        var naming = both.Of(limits);
        limits = limits.With(PacketField.SourcePort, naming.Unnamed(HostPackets.OpenerPorts, PacketField.SourcePort))
            .With(PacketField.DestinationPort, naming.Unnamed(new Interval(1, ushort.MaxValue), PacketField.DestinationPort));
        var slice = naming.Of(limits);
        var openings = limits.ToCondition(slice.Asks);
        try
        {
            return new SpaceProbe(context, slice.Rules, [openings]).Stopped(openings)
                .Select(trace => context.Packets.Report(LoopbackDropped, trace)).FirstOrDefault(finding => finding is not null);
        }
        catch (OutOfStepsException)
        {
            context.GiveUp("whether this host's packets to itself are stopped");
            return null;
        }
    }
}
