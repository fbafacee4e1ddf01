using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Adds to an inferred host what a sidecar brings along: listeners, and the routes that TPROXY needs.</summary>
internal static class FlowHost
{
    private const uint ProxyTable = 133;

    /// <summary>The host as it is where the user gave it; else with the proxy's transparent sockets and mark routes.</summary>
    public static HostFacts Complete(HostFacts host, BoundRuleset ruleset)
    {
        if (!host.IsInferred)
        {
            return host;
        }
        var targets = ruleset.Chains.SelectMany(c => c.Rules).Select(r => r.Target).OfType<Extensions.BoundTarget>()
            .Select(t => t.Extension.Lower(t).Effect);
        foreach (var proxy in targets.OfType<Effect.ProxyTo>().Distinct())
        {
            var mark = new MaskedNumber(proxy.MarkValue, proxy.MarkMask);
            host = host with
            {
                Sockets = host.Sockets.Add(
                    new HostSocket(IpProtocol.Tcp, new IpAddress(ruleset.Family, 0), proxy.Port, IsTransparent: true)),
                Rules = host.Rules.Any(r => r.Mark == mark) ? host.Rules : host.Rules.Add(new HostRule(mark, ProxyTable)),
                Routes = host.Routes.Any(r => r.Table == ProxyTable && r.Family == ruleset.Family)
                    ? host.Routes
                    : host.Routes.Add(new HostRoute(ruleset.Family, null, null, "lo", IsLocal: true, ProxyTable)),
            };
        }
        return host;
    }
}
