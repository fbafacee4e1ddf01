using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j SYNPROXY</c>: answers handshakes in the server's place, and lets pass what is none.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ipt_SYNPROXY.c, <c>synproxy_tg4</c>: a SYN is taken away, an ACK is taken away or dropped,
/// other packets go on. net/netfilter/xt_SYNPROXY.c, <c>synproxy_tg4_check</c>; iptables-extensions(8), SYNPROXY.
/// </remarks>
internal sealed class SynproxyTarget : TargetExtension
{
    private static readonly FlagOption SelectiveAcknowledgement = new("--sack-perm");
    private static readonly FlagOption Timestamp = new("--timestamp");
    private static readonly NumberOption WindowScale = new("--wscale", 0, byte.MaxValue);
    private static readonly NumberOption SegmentSize = new("--mss", 0, ushort.MaxValue);
    private static readonly FlagOption CongestionNotification = new("--ecn");

    public override string Name => "SYNPROXY";

    public override ImmutableArray<OptionSpec> Options { get; } =
        [SelectiveAcknowledgement, Timestamp, WindowScale, SegmentSize, CongestionNotification];

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Tcp];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Input | HookSet.Forward;

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Synproxy, Name, new Effect.Other(target.OptionText));
}
