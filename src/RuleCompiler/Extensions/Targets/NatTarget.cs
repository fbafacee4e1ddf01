using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary>A target that translates addresses or ports: only nat takes it, and ports need a protocol that has them.</summary>
/// <remarks>Source: net/netfilter/xt_nat.c, <c>table = "nat"</c>; extensions/libxt_NAT.c, <c>__NAT_parse</c>.</remarks>
internal abstract class NatTarget : TargetExtension
{
    public sealed override TableSet TablesFor(BoundExtension use) => TableSet.Nat;

    public sealed override void Check(BoundExtension use, ExtensionChecker checker)
    {
        // The tool looks at the number alone: '! -p tcp' and '-p icmp' load.
        if (use.Context.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Dccp or IpProtocol.Icmp)
        {
            return;
        }
        foreach (var option in use.Options)
        {
            if (option.Value is NatPorts or NatRange { Ports: not null })
            {
                checker.Report(use, option, TargetDiagnostics.PortsNeedProtocol, option.Spec.Name);
            }
        }
    }
}
