using System.Globalization;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Makes a host one on which a sidecar runs: with the proxy's listeners, and with a way out that no rule excepts.</summary>
internal static class FlowHost
{
    private const uint ProxyTable = 133;

    /// <summary>
    /// What the user gave is kept: only a host without any socket gets some, only one without an address of the family
    /// gets that, only an inferred one an interface.
    /// </summary>
    public static HostFacts Complete(HostFacts host, BoundRuleset ruleset) =>
        WithListeners(WithAddress(WithWayOut(host, ruleset), ruleset.Family), ruleset);

    /// <summary>A pod that has rules for a family speaks it, though facts may be given for the other alone.</summary>
    private static HostFacts WithAddress(HostFacts host, Family family)
    {
        var outer = host.Interfaces.Where(i => i.Name != HostInterface.Loopback.Name).ToArray();
        var text = family == Family.IPv4 ? "10.244.1.7/24" : "fd00:244::7/64";
        if (outer.Any(i => i.Addresses.Any(a => a.Address.Family == family)) || !AddressPrefix.TryParse(text, out var address))
        {
            return host;
        }
        var old = outer.FirstOrDefault() ?? new HostInterface("eth0", []);
        var completed = old with { Addresses = old.Addresses.Add(address) };
        return host with
        {
            Interfaces = [.. host.Interfaces.Select(i => i == old ? completed : i), .. outer.Length == 0 ? [completed] : Array.Empty<HostInterface>()],
            Routes = host.Routes.Add(new HostRoute(family, null, null, old.Name)),
        };
    }

    private static HostFacts WithListeners(HostFacts host, BoundRuleset ruleset)
    {
        var proxies = ruleset.Chains.SelectMany(c => c.Rules).Select(r => r.Target).OfType<BoundTarget>()
            .Select(t => t.Extension.Lower(t).Effect)
            .OfType<Effect.ProxyTo>()
            .Distinct();
        return host.Sockets.IsEmpty ? proxies.Aggregate(host, (h, proxy) => WithListener(h, ruleset.Family, proxy)) : host;
    }

    private static HostFacts WithListener(HostFacts host, Family family, Effect.ProxyTo proxy)
    {
        var mark = new MaskedNumber(proxy.MarkValue, proxy.MarkMask);
        var table = host.Rules.FirstOrDefault(r => r.Mark == mark)?.Table ?? ProxyTable;
        return host with
        {
            Sockets = host.Sockets.Add(new HostSocket(IpProtocol.Tcp, new IpAddress(family, 0), proxy.Port, IsTransparent: true)),
            Rules = host.Rules.Any(r => r.Mark == mark) ? host.Rules : host.Rules.Add(new HostRule(mark, table)),
            Routes = host.Routes.Any(r => r.Table == table && (r.Family ?? family) == family)
                ? host.Routes
                : host.Routes.Add(new HostRoute(family, null, null, "lo", IsLocal: true, table)),
        };
    }

    /// <summary>
    /// Rules of a sidecar rarely name the pod's own interface but others, to treat them otherwise. Where the way out
    /// was inferred to be such a one, <c>eth0</c> takes its place, or the next that the rules do not treat so.
    /// </summary>
    private static HostFacts WithWayOut(HostFacts host, BoundRuleset ruleset)
    {
        var usual = host.Routes.FirstOrDefault(r => r is { Destination: null, IsLocal: false, Table: null })?.Interface;
        if (!host.IsInferred || usual is null || !IsExcepted(usual, ruleset))
        {
            return host;
        }
        var name = Enumerable.Range(0, host.Interfaces.Length + 1)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"eth{number}"))
            .First(candidate => host.Interfaces.All(i => i.Name != candidate));
        var old = host.Interfaces.First(i => i.Name == usual);
        return host with
        {
            Interfaces =
            [
                .. host.Interfaces.Where(i => i.Name == HostInterface.Loopback.Name),
                old with { Name = name },
                .. host.Interfaces.Where(i => i.Name != HostInterface.Loopback.Name && i != old),
                old with { Addresses = [] },
            ],
            Routes = [.. host.Routes.Select(r => r.Interface == usual ? r with { Interface = name } : r)],
        };
    }

    private static bool IsExcepted(string name, BoundRuleset ruleset)
    {
        var packed = InterfaceName.Pack(name);
        var naming = ruleset.Chains.SelectMany(c => c.Rules).Where(r => CaptureMap.TestsOf(r).Any(t =>
            !t.IsNegated && t.Value == packed && t.Field is PacketField.InInterface or PacketField.OutInterface)).ToArray();
        return naming.Length > 0 && naming.All(r =>
            r.Callee is { } callee ? CaptureMap.OnlyRedirects(ruleset.Chains[callee.Index])
            : r.Target is { } target && target.Extension.Lower(target).Kind
                is ActionKind.Return or ActionKind.Accept or ActionKind.Redirect);
    }
}
