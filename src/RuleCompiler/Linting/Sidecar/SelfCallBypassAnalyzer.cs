using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Connections of the proxy to its own pod that do not pass the inbound listener.</summary>
internal sealed class SelfCallBypassAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor SelfCallBypass { get; } = new("IPT4008", DiagnosticSeverity.Warning)
    {
        Title = "Self-call past the inbound listener",
        Message = "What {0} opens to its own pod, as user {1}, does not pass its inbound listener",
        Explanation = """
            An application that calls a service of which it is itself an endpoint is led to the proxy, which opens a
            connection to its own pod, over lo. That one is to be led to the inbound listener, like one from any other pod;
            else it reaches the application without what the proxy does for what arrives, such as asking who may call.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
            [|-A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN|]
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 1337 -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(SelfCallBypass, "self-call-bypass")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        // What does not arrive by the listener has nothing to bypass.
        if (!mesh.Profile.CapturesSelfCalls || !mesh.AreProxiesTold || !mesh.CapturesInbound)
        {
            yield break;
        }
        foreach (var uid in mesh.Profile.ProxyUids)
        {
            var proxy = mesh.Proxy with { Uid = uid };
            foreach (var packet in mesh.Packets.SelfCalls(proxy).Where(packet => !IsException(mesh, packet)))
            {
                var open = mesh.Probe.Always(packet, trace => !mesh.IsCaptured(trace) && !IsStopped(trace));
                if (open is null || mesh.ShadowingRule(packet, uid) is not null)
                {
                    continue; // shadowed by a rule for another user: a check of its own
                }
                var last = mesh.LastToSpare(open, Hook.Output);
                if (last is { } exclusion && IsForEveryone(context.RuleAt(exclusion)))
                {
                    continue; // left out on purpose, whoever calls
                }
                var finding = last is { } rule
                    ? context.FindingAt(SelfCallBypass, rule, mesh.Profile.Proxy, uid.Text())
                    : context.FindingAtTables(SelfCallBypass, mesh.Profile.Proxy, uid.Text());
                yield return Show(finding, packet, $"reaches the pod, not {mesh.Listener(mesh.Profile.InboundPort)}");
                break;
            }
        }
    }

    private static bool IsException(Mesh mesh, Packet packet) =>
        mesh.IsServed(packet.Destination.Port) || mesh.Profile.SelfCallExceptions.Contains(packet.Destination.Port ?? 0);

    /// <summary>Whether a rule names ports or addresses, and asks for no owner.</summary>
    private static bool IsForEveryone(BoundRule rule)
    {
        var fields = CaptureMap.TestsOf(rule).Select(test => test.Field).ToArray();
        return !fields.Any(field => field is PacketField.Uid or PacketField.Gid or PacketField.Groups)
            && fields.Any(field => field is PacketField.DestinationPort or PacketField.Destination or PacketField.Source);
    }
}
