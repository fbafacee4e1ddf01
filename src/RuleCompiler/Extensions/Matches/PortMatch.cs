using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary>What the matches of protocols with ports have in common: <c>--sport</c> and <c>--dport</c>.</summary>
/// <remarks>
/// Source: net/netfilter/xt_tcpudp.c, <c>port_match</c>: the header must be there, so neither a plain nor a negated
/// test holds for a later fragment, nor for another protocol (<c>! -p tcp -m tcp</c> loads in nft).
/// </remarks>
/// <param name="name">The match's name.</param>
/// <param name="protocol">The protocol.</param>
/// <param name="ownOptions">Options beside the ports.</param>
internal abstract class PortMatch(string name, byte protocol, params ImmutableArray<OptionSpec> ownOptions) : MatchExtension
{
    private static readonly Condition HasPorts = Condition.Field(PacketField.DestinationPort, FieldSet.Present);

    private readonly Condition _isProtocol = Condition.Field(PacketField.Protocol, FieldSet.Of(protocol));

    private readonly PortRangeOption _source = Port("--sport", "--source-port", protocol);

    private readonly PortRangeOption _destination = Port("--dport", "--destination-port", protocol);

    // Made at first use, perhaps by several threads: one reference, so that none sees it half written.
    private ImmutableArray<OptionSpec> _options;

    private ImmutableArray<byte> _protocols;

    public sealed override string Name => name;

    public sealed override byte? ImplicitFor => protocol;

    public sealed override ImmutableArray<byte> Protocols => _protocols.IsDefault ? _protocols = [protocol] : _protocols;

    public sealed override ImmutableArray<OptionSpec> Options => _options.IsDefault ? _options = [_source, _destination, .. ownOptions] : _options;

    public sealed override Condition Lower(BoundMatch match)
    {
        var asked = Condition.AllOf(
            Test(match, _source, PacketField.SourcePort),
            Test(match, _destination, PacketField.DestinationPort),
            LowerOwn(match));
        return Condition.AllOf(
            match.Context.IsProtocolNegated ? _isProtocol : Condition.Always,
            ReferenceEquals(asked, Condition.Always) ? HasPorts : asked);
    }

    /// <summary>nft has no negated ranges that begin at 0: its iptables-save prints the rest plainly.</summary>
    public sealed override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (use.Find(spec) is not { } option)
            {
                continue;
            }
            if (protocol is IpProtocol.Tcp or IpProtocol.Udp && use.Context.Flavour == Flavour.Nft && option.IsNegated
                && option.Value is NumberRange { Low: 0, High: > 0 and < ushort.MaxValue and var high })
            {
                spec.Write(new NumberRange(high + 1, ushort.MaxValue), isNegated: false, writer);
            }
            else
            {
                spec.Write(option.Value, option.IsNegated, writer);
            }
        }
    }

    /// <summary>Whether nf_tables tests the header itself where the tool is nft; not for a match that tests nothing.</summary>
    public bool IsNative(BoundMatch match) =>
        protocol is IpProtocol.Tcp or IpProtocol.Udp
        && !match.Options.IsEmpty
        && match.Options.All(option => option.Value is NumberRange and not { Low: 0, High: ushort.MaxValue } or TcpFlagTest);

    /// <summary>Whether a match has an option, or another that asks for the same.</summary>
    public static bool IsAsked(BoundMatch match, OptionSpec spec) =>
        match.Options.Any(option => ReferenceEquals(option.Spec, spec))
        || match.Extension.ExclusiveOptions.Any(group => group.Contains(spec) && group.Any(match.Has));

    private static Condition Test(BoundMatch match, PortRangeOption spec, PacketField field) =>
        IsAnyPort(match, spec) ? Condition.Always : match.Test(spec, field);

    /// <summary>Whether the option asks for nothing but that there are ports.</summary>
    private static bool IsAnyPort(BoundMatch match, PortRangeOption spec) =>
        match.TryGet(spec, out var range) && range is { Low: 0, High: ushort.MaxValue } && !match.IsNegated(spec);

    /// <summary>What the options beside the ports mean; <see cref="Condition.Always"/> where they ask for nothing.</summary>
    protected virtual Condition LowerOwn(BoundMatch match) => Condition.Always;

    /// <summary>How ports are read, and whether a full range prints, differs from one tool's file to another's.</summary>
    private static PortRangeOption Port(string name, string alias, byte protocol) => new(name)
    {
        Aliases = [alias],
        IsNegatable = true,
        PrintsFullRange = protocol is IpProtocol.Sctp or IpProtocol.Dccp,
        IsResolved = protocol is IpProtocol.Dccp or IpProtocol.Udp,
        ServicesOf = protocol,
    };
}
