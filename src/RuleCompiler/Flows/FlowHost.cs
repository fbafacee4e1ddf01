using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Adds to a host what a running proxy brings along: the listeners and routes that TPROXY needs.</summary>
internal static class FlowHost
{
    private const uint ProxyTable = 133;

    /// <summary>A host that names sockets stays as it is: the user then says which there are.</summary>
    public static HostFacts Complete(HostFacts host, BoundRuleset ruleset)
    {
        if (!host.IsInferred && !host.Sockets.IsEmpty)
        {
            return host;
        }
        var proxies = ruleset.Chains.SelectMany(c => c.Rules).Select(r => r.Target).OfType<Extensions.BoundTarget>()
            .Select(t => t.Extension.Lower(t).Effect)
            .OfType<Effect.ProxyTo>()
            .Distinct();
        foreach (var proxy in proxies)
        {
            var mark = new MaskedNumber(proxy.MarkValue, proxy.MarkMask);
            var table = host.Rules.FirstOrDefault(r => r.Mark == mark)?.Table ?? ProxyTable;
            host = host with
            {
                Sockets = host.Sockets.Add(
                    new HostSocket(IpProtocol.Tcp, new IpAddress(ruleset.Family, 0), proxy.Port, IsTransparent: true)),
                Rules = host.Rules.Any(r => r.Mark == mark) ? host.Rules : host.Rules.Add(new HostRule(mark, table)),
                Routes = host.Routes.Any(r => r.Table == table && (r.Family ?? ruleset.Family) == ruleset.Family)
                    ? host.Routes
                    : host.Routes.Add(new HostRoute(ruleset.Family, null, null, "lo", IsLocal: true, table)),
            };
        }
        return host;
    }
}
