using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Sends the packets of a flow through the rules, and goes on wherever a listener of the proxy takes them.</summary>
internal sealed class FlowPlayer(Evaluator evaluator, TraceOptions options, MeshProfile profile, FlowPackets packets)
{
    private const int MaxLegs = 8;
    private const int MaxOpeners = 200;

    /// <summary>The first opener that the rules capture as the flow is meant to be; else the most usual one.</summary>
    public Journey Play(FlowDefinition flow)
    {
        Journey? usual = null;
        foreach (var opener in packets.Openers(flow).Take(MaxOpeners))
        {
            var journey = Follow(flow, opener);
            if (IsAsMeant(flow, journey))
            {
                return journey;
            }
            usual ??= journey;
        }
        return usual ?? throw new InvalidOperationException("a flow has at least one opener");
    }

    private static bool IsAsMeant(FlowDefinition flow, Journey journey) => flow.Captures.IsEmpty
        ? journey.Captures.IsEmpty
        : journey.Captures.Contains(flow.Captures[0]);

    private Journey Follow(FlowDefinition flow, Packet opener)
    {
        var legs = ImmutableArray.CreateBuilder<Leg>();
        var captures = ImmutableArray.CreateBuilder<CapturePoint>();
        var sent = new HashSet<(string, string)>();
        var (packet, from) = (opener, flow.From);
        // A proxy that is known by its mark alone serves many pods, and asks for names outside of them.
        var asksElsewhere = profile.ProxyMark is not null;
        while (sent.Add((from, PacketExpression.Format(packet))) && legs.Count < MaxLegs)
        {
            var trace = evaluator.Trace(packet, options)[0];
            var capture = CaptureOf(trace);
            legs.Add(new Leg(from, capture is null ? flow.To : profile.ListenerName(capture.Value), trace));
            if (capture is { } taken)
            {
                captures.Add(taken);
            }
            if (capture is not { } point || (point == CapturePoint.Dns && asksElsewhere))
            {
                return new Journey(legs.ToImmutable(), captures.ToImmutable(), IsLoop: false);
            }
            packet = packets.Onward(flow, packet, point);
            from = point == CapturePoint.Dns ? profile.Agent : profile.Proxy;
        }
        return new Journey(legs.ToImmutable(), captures.ToImmutable(), IsLoop: true);
    }

    private CapturePoint? CaptureOf(Trace trace)
    {
        if (trace.Delivery is not { To: "local" }
            || trace.Rewrites.LastOrDefault(r => r.Destination is not null)?.Destination is not { Port: { } port })
        {
            return null;
        }
        return port == profile.OutboundPort ? CapturePoint.Outbound
            : port == profile.InboundPort ? CapturePoint.Inbound
            : port == profile.DnsPort ? CapturePoint.Dns
            : null;
    }
}
