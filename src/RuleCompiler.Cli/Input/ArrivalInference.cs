using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>By which interface a packet came that is known by its addresses alone: as the answer to it would leave.</summary>
internal sealed class ArrivalInference(HostFacts host)
{
    private readonly Routing _routing = Routing.Of(host);
    private readonly string _fallback = host.Interfaces.Select(i => i.Name).FirstOrDefault(name => name != "lo") ?? "eth0";

    /// <summary>Null for a packet that this host sent.</summary>
    public string? InterfaceOf(IpAddress source) => _routing.TypeOf(source).HasFlag(AddressType.Local)
        ? null
        : _routing.Find(source, 0) is { Kind: RouteKind.Remote, Interface: { } name } ? name : _fallback;
}
