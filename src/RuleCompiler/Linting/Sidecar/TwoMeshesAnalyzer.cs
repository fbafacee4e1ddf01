using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Rules of two meshes that want the same packets.</summary>
internal sealed class TwoMeshesAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor TwoMeshes { get; } = new("IPT4015", DiagnosticSeverity.Error)
    {
        Title = "Two meshes capture the same",
        Message = "{0} takes packets that {1} is set up to take as well, so these never come to {1}",
        Explanation = """
            Two meshes were put into one pod, or one was left behind when another came. The first one whose rules a packet
            meets takes it; the other one's proxy waits for nothing, or takes what the first proxy sends. Take one of them out.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            :PROXY_INIT_OUTPUT - [0:0]
            [|-A OUTPUT -j PROXY_INIT_OUTPUT|]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A PROXY_INIT_OUTPUT -m owner --uid-owner 2102 -j RETURN
            -A PROXY_INIT_OUTPUT -p tcp -j REDIRECT --to-ports 4140
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(TwoMeshes, "two-meshes")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        var prefixes = MeshFinder.PrefixesIn(context).ToArray();
        if (prefixes.Length < 2)
        {
            yield break;
        }
        foreach (var packet in mesh.Packets.Inbound().Concat(mesh.Packets.Applications.SelectMany(sender => mesh.Packets.Outbound(sender))))
        {
            if (mesh.Probe.Always(packet, mesh.IsCaptured) is not { } trace || mesh.CaptureOf(trace) is not { } capture
                || PrefixOf(capture) is not { } taker
                || mesh.WithoutRulesOf(chain => chain.Name.StartsWith(taker.Prefix, StringComparison.Ordinal)).Always(packet, mesh.IsCaptured) is not { } rest
                || mesh.CaptureOf(rest) is not { } other || PrefixOf(other) is not { } loser || loser == taker)
            {
                continue;
            }
            var hook = packet.InInterface is null ? Hook.Output : Hook.Prerouting;
            var finding = context.FindingAt(TwoMeshes, Entry(mesh, trace, hook) ?? capture.Decider, taker.Title, loser.Title) with
            {
                Because = [context.CauseAt(Entry(mesh, rest, hook) ?? other.Decider, $"would lead them to port {other.Port.Text()}")],
            };
            yield return Show(finding, packet, $"led to :{capture.Port.Text()}, not to :{other.Port.Text()}");
            yield break;
        }

        (string Prefix, string Title)? PrefixOf(Capture capture) => prefixes
            .Where(known => capture.Redirect.Chain.Name.StartsWith(known.Prefix, StringComparison.Ordinal))
            .Select(known => ((string, string)?)known).FirstOrDefault();
    }

    /// <summary>The base chain's rule by which a packet came to its capture.</summary>
    private static RuleSymbol? Entry(Mesh mesh, Evaluation.Trace trace, Hook hook) => trace.Steps
        .LastOrDefault(step => step.Chain == hook.Name() && step.Rule is not null && step.Action is "jump" or "goto") is { } step
        ? mesh.Probe.RuleOf(step) : null;
}
