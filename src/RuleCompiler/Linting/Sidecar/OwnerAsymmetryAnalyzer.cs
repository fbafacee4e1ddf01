using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>What the proxy's user and the proxy's group, each alone, are treated differently for.</summary>
internal sealed class OwnerAsymmetryAnalyzer : SidecarAnalyzer
{
    private const int MostShown = 8;

    public static DiagnosticDescriptor OwnerAsymmetry { get; } = new("IPT4010", DiagnosticSeverity.Info)
    {
        Title = "User and group of the proxy treated differently",
        Message = "The proxy's user {0} without its group is treated otherwise than its group {1} without the user, in {2} kinds of connections",
        Explanation = """
            A process can share the proxy's group and not its user, or the other way round: an agent, an init container, a
            shell in the pod. The rules know the proxy by both, but seldom in the same way. That is so of every mesh that
            asks for both, so ask for this check with --select IPT4010.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            [|:ISTIO_OUTPUT - [0:0]|]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -o lo -m owner --gid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -o lo -m owner ! --gid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner --gid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner ! --uid-owner 1337 -m owner ! --gid-owner 1337 -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(OwnerAsymmetry, "owner-asymmetry", IsOn: false)];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        if (mesh.Profile.ProxyUids.IsEmpty || mesh.Profile.ProxyGids.IsEmpty)
        {
            yield break;
        }
        var other = mesh.Packets.Applications[0];
        var byUser = other with { Uid = mesh.Profile.ProxyUids[0] };
        var byGroup = other with { Gid = mesh.Profile.ProxyGids[0] };
        var differing = Everything(mesh, byUser).Where(packet => Outcomes(mesh, packet) != Outcomes(mesh, byGroup.Of(packet))).ToArray();
        if (differing.Length == 0 || context.Ruleset.Chains.FirstOrDefault(chain => OwnersIn(mesh, chain.Symbol.Index)) is not { } at)
        {
            yield break;
        }
        var finding = context.FindingAt(
            OwnerAsymmetry, at.Symbol, byUser.Uid.Text(), byGroup.Gid.Text(), ((uint)differing.Length).Text()) with
        {
            Properties = [new("regions", string.Join("; ", differing.Take(MostShown).Select(PacketExpression.Format)))],
        };
        yield return Show(finding, differing[0], $"{Outcomes(mesh, differing[0])}; with the group alone {Outcomes(mesh, byGroup.Of(differing[0]))}");

        bool OwnersIn(Mesh of, int chain) => of.Captures.IsReached(chain, Hook.Output) && context.Ruleset.Chains[chain].Rules
            .SelectMany(Flows.CaptureMap.TestsOf).Any(test => test.Field is PacketField.Uid or PacketField.Gid);
    }

    private static IEnumerable<Packet> Everything(Mesh mesh, Sender sender) => mesh.Packets.OutboundAnywhere(sender)
        .Concat(mesh.Packets.SelfCalls(sender))
        .Concat(mesh.Packets.Queries(sender, IpProtocol.Udp));

    private static string Outcomes(Mesh mesh, Packet packet) =>
        string.Join(" or ", mesh.Probe.Trace(packet).Select(trace => Outcome(mesh, trace)).Distinct());

    private static string Outcome(Mesh mesh, Trace trace) =>
        mesh.CaptureOf(trace) is { } capture ? $"led to :{capture.Port.Text()}"
        : trace.Verdict == Verdict.Accept ? "passes" : trace.Verdict.Name();
}
