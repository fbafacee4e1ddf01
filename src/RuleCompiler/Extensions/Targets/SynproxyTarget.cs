using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j SYNPROXY</c>: answers handshakes in the server's place, and lets pass what is none.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ipt_SYNPROXY.c, <c>synproxy_tg4</c>: a SYN is taken away, and so is the ACK that acknowledges the
/// number which SYNPROXY has given its sender; any other ACK is dropped, and the packets that are neither go on. No packet
/// expression tells what is acknowledged: an ACK is taken for one of the others. net/netfilter/xt_SYNPROXY.c, <c>synproxy_tg4_check</c>; iptables-extensions(8), SYNPROXY.
/// </remarks>
internal sealed class SynproxyTarget : TargetExtension
{
    private const TcpFlags Looked = TcpFlags.Fin | TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack;
    private static readonly FlagOption SelectiveAcknowledgement = new("--sack-perm");
    private static readonly FlagOption Timestamp = new("--timestamp");
    private static readonly NumberOption WindowScale = new("--wscale", 0, uint.MaxValue) { KeptBits = 8 };
    private static readonly NumberOption SegmentSize = new("--mss", 0, uint.MaxValue) { KeptBits = 16 };
    private static readonly FlagOption CongestionNotification = new("--ecn");

    /// <summary>Flags of packets that are taken away.</summary>
    public static FieldSet Opening { get; } = new TcpFlagTest(Looked, TcpFlags.Syn).ToFieldSet();

    /// <summary>Flags of packets that are dropped.</summary>
    public static FieldSet Answer { get; } = new TcpFlagTest(Looked, TcpFlags.Ack).ToFieldSet();

    public override string Name => "SYNPROXY";

    public override ImmutableArray<OptionSpec> Options { get; } =
        [SelectiveAcknowledgement, Timestamp, WindowScale, SegmentSize, CongestionNotification];

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Tcp];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Input | HookSet.Forward;

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Synproxy, Name, new Effect.Other(target.OptionText));
}
