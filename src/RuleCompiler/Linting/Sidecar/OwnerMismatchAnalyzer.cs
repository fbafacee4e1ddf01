using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Owner rules that name someone else than the proxy runs as: by what is known of the host, or by another table.</summary>
internal sealed class OwnerMismatchAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor OwnerMismatch { get; } = new("IPT4011", DiagnosticSeverity.Error)
    {
        Title = "Owner rules for another user than the proxy's",
        Message = "{0}",
        Explanation = """
            Rules know the proxy by its user or its group. Where the proxy runs as someone else they take it for the
            application, and lead what it sends back to it. The tables have to agree among themselves, and with the user and
            the group that the proxy's container has.
            """,
        Example = """
            *mangle
            :OUTPUT ACCEPT [0:0]
            [|-A OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 1338 -j MARK --set-xmark 0x53a/0xffffffff|]
            COMMIT
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *mangle
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 1337 -j MARK --set-xmark 0x53a/0xffffffff
            COMMIT
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(OwnerMismatch, "owner-mismatch")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        var owners = OwnersAsked(context, mesh).ToArray();
        return owners.Length == 0 ? [] : Unknown(context, mesh, owners).Concat(Disagreeing(context, owners));
    }

    /// <summary>A proxy, by the host's facts, that no rule of nat names, though rules name someone.</summary>
    private static IEnumerable<Finding> Unknown(LintContext context, Mesh mesh, (RuleSymbol Rule, PacketField Field, uint Id)[] owners)
    {
        var named = owners.Where(owner => owner.Rule.Chain.Table == TableKind.Nat).ToArray();
        if (!context.IsHostGiven || named.Length == 0)
        {
            yield break;
        }
        foreach (var proxy in context.Host.Processes.Where(process => process.Role == HostRole.Proxy))
        {
            if (named.Any(owner => owner.Id == (owner.Field == PacketField.Uid ? proxy.Uid : proxy.Gid)))
            {
                continue;
            }
            var rule = named[0].Rule;
            var finding = context.FindingAt(
                OwnerMismatch, rule, $"{proxy.Name} runs as user {proxy.Uid.Text()} and group {proxy.Gid.Text()}, and no rule names either") with
            {
                Given = [$"{proxy.Name} runs as uid {proxy.Uid.Text()} gid {proxy.Gid.Text()}"],
            };
            var sent = mesh.Packets.Outbound(new Sender(proxy.Uid, proxy.Gid)).FirstOrDefault(packet => mesh.LedTo(packet, mesh.Profile.OutboundPort) is not null);
            yield return sent is null ? finding : Show(finding, sent, $"led to :{mesh.Profile.OutboundPort.Text()} as the application's");
        }
    }

    /// <summary>An owner that raw or mangle asks for and nat, which spares the proxy, does not know.</summary>
    private static IEnumerable<Finding> Disagreeing(LintContext context, (RuleSymbol Rule, PacketField Field, uint Id)[] owners)
    {
        foreach (var field in new[] { PacketField.Uid, PacketField.Gid })
        {
            var inNat = owners.Where(owner => owner.Field == field && owner.Rule.Chain.Table == TableKind.Nat).ToArray();
            var strangers = owners.Where(owner => owner.Field == field && owner.Rule.Chain.Table != TableKind.Nat
                && inNat.All(other => other.Id != owner.Id)).DistinctBy(owner => owner.Id);
            foreach (var stranger in inNat.Length == 0 ? [] : strangers)
            {
                var what = field == PacketField.Uid ? "user" : "group";
                yield return context.FindingAt(
                    OwnerMismatch, stranger.Rule, $"This rule is for {what} {stranger.Id.Text()}, but nat knows the proxy as {what} {inNat[0].Id.Text()}") with
                {
                    Because = [context.CauseAt(inNat[0].Rule, $"is for {what} {inNat[0].Id.Text()}")],
                };
            }
        }
    }

    /// <summary>The users and groups that rules of OUTPUT ask for, other than to except applications in nat.</summary>
    private static IEnumerable<(RuleSymbol Rule, PacketField Field, uint Id)> OwnersAsked(LintContext context, Mesh mesh) =>
        from chain in context.Ruleset.Chains
        where chain.Symbol.Table is TableKind.Raw or TableKind.Mangle or TableKind.Nat
            && mesh.Captures.IsReached(chain.Symbol.Index, Hook.Output)
        from rule in chain.Rules
        from test in CaptureMap.TestsOf(rule)
        where test.Field is PacketField.Uid or PacketField.Gid && !test.IsNegated
        select (new RuleSymbol(chain.Symbol, rule.Number), test.Field, (uint)test.Value);
}
