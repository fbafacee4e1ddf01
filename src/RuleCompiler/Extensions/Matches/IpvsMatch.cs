using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ipvs</c>: the connection of a virtual server that the packet belongs to, which no packet tells.</summary>
/// <remarks>Source: net/netfilter/xt_ipvs.c; extensions/libxt_ipvs.c; iptables-extensions(8), ipvs.</remarks>
internal sealed class IpvsMatch : MatchExtension
{
    private static readonly FlagOption Property = new("--ipvs") { IsNegatable = true };
    private static readonly ProtocolNumberOption Protocol = new("--vproto") { IsNegatable = true };
    private static readonly HostAddressOption Address = new("--vaddr") { IsNegatable = true };
    private static readonly PortOption Port = new("--vport") { IsNegatable = true };
    private static readonly KeywordOption Direction = new("--vdir", [("ORIGINAL", 0), ("REPLY", 1)]);

    private static readonly KeywordOption Method =
        new("--vmethod", [("GATE", 0), ("IPIP", 1), ("MASQ", 2)]) { IsNegatable = true };

    private static readonly PortOption ControlPort = new("--vportctl") { IsNegatable = true };

    public override string Name => "ipvs";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } =
        [Property, Protocol, Address, Port, Direction, Method, ControlPort];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Property) is { IsNegated: true } property && use.Options.Length > 1)
        {
            checker.Report(use, property, ExtensionDiagnostics.NotWith, $"! {Property.Name}", "the other options, which imply the opposite");
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);

    /// <summary>The other options imply <c>--ipvs</c>, which is then not printed.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (use.Find(spec) is { } option && (use.Options.Length == 1 || !ReferenceEquals(spec, Property)))
            {
                spec.Write(option.Value, option.IsNegated, writer);
            }
        }
    }
}
