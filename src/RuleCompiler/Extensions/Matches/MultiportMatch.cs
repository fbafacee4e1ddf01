using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m multiport</c>: source, destination or either port in a list.</summary>
/// <remarks>
/// Source: net/netfilter/xt_multiport.c, <c>ports_match_v1</c>; iptables-extensions(8), multiport. A negated test still
/// needs a packet with ports.
/// </remarks>
internal sealed class MultiportMatch : MatchExtension
{
    private static readonly PortListOption Sources = new("--sports")
    {
        Aliases = ["--source-ports", "--source-port", "--sport"],
        IsNegatable = true,
    };

    private static readonly PortListOption Destinations = new("--dports")
    {
        Aliases = ["--destination-ports", "--destination-port", "--dport"],
        IsNegatable = true,
    };

    private static readonly PortListOption Either = new("--ports") { Aliases = ["--port"], IsNegatable = true };

    public override string Name => "multiport";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<byte> Protocols { get; } =
        [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Sctp, IpProtocol.Dccp];

    public override ImmutableArray<OptionSpec> Options { get; } = [Sources, Destinations, Either];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Sources, Destinations, Either]];

    /// <remarks>Names are looked up as services of the rule's protocol: extensions/libxt_multiport.c, <c>proto_to_name</c>.</remarks>
    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        foreach (var option in use.Options)
        {
            if (option.Value is PortList ports && use.Context.Protocol is { } protocol
                && ports.Names.FirstOrDefault(name => !ServiceNames.IsOf(name, protocol)) is { } name)
            {
                checker.Report(use, option, OptionDiagnostics.BadPort, name, "");
            }
        }
    }

    public override Condition Lower(BoundMatch match) => match.TryGet(Either, out var ports)
        ? LowerEither(ports.ToFieldSet(), match.IsNegated(Either))
        : Condition.AllOf(
            match.Test(Sources, PacketField.SourcePort),
            match.Test(Destinations, PacketField.DestinationPort));

    private static Condition LowerEither(FieldSet ports, bool isNegated)
    {
        var source = BoundMatch.Test(ports, isNegated, PacketField.SourcePort);
        var destination = BoundMatch.Test(ports, isNegated, PacketField.DestinationPort);
        return isNegated ? Condition.AllOf(source, destination) : Condition.AnyOf(source, destination);
    }
}
