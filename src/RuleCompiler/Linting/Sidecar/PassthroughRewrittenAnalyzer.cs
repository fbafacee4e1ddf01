using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Calls of the application by the proxy whose source is translated on the way.</summary>
internal sealed class PassthroughRewrittenAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor PassthroughRewritten { get; } = new("IPT4023", DiagnosticSeverity.Warning)
    {
        Title = "Passthrough source rewritten",
        Message = "This rule changes the source of what {0} opens to the application, which is no longer {1}",
        Explanation = """
            The proxy calls the application from a source of its own, by which the rules, and the application, tell such calls
            from others. Translating the source of what leaves by lo makes them look like anyone's. Give the rule an
            interface (-o eth0, or ! -o lo) or except that source.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            [|-A POSTROUTING -j MASQUERADE|]
            -A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A POSTROUTING ! -o lo -j MASQUERADE
            -A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(PassthroughRewritten, "passthrough-rewritten")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        if (mesh.Profile.PassthroughSource(context.Family) is not { } source)
        {
            yield break;
        }
        var packet = mesh.Packets.OverLoopback(mesh.Proxy, source);
        if (mesh.Probe.Always(packet, trace => trace.Rewrites.Any(rewrite => rewrite.Source is not null)) is { } trace
            && trace.Steps.LastOrDefault(step => step.Action is "snat" or "masquerade" or "netmap") is { } step
            && mesh.Probe.RuleOf(step) is { } rule)
        {
            var to = trace.Rewrites.Last(rewrite => rewrite.Source is not null).Source;
            yield return Show(
                context.FindingAt(PassthroughRewritten, rule, mesh.Profile.Proxy, source.ToString()), packet, $"the application sees {to}");
        }
    }
}
