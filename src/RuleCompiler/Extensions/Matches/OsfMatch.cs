using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m osf</c>: the operating system that a SYN looks like, which hangs on fingerprints that the machine has loaded.</summary>
/// <remarks>
/// Source: net/netfilter/nfnetlink_osf.c, <c>nf_osf_match</c>, which looks at SYN packets alone (another packet fails,
/// negated or not); xt_osf.c; iptables-extensions(8), osf.
/// </remarks>
internal sealed class OsfMatch : MatchExtension
{
    private static readonly TruncatedTextOption Genre = new("--genre", 31) { IsNegatable = true, IsBare = true };
    private static readonly NumberOption TimeToLive = new("--ttl", 0, 2);
    private static readonly NumberOption Log = new("--log", 0, 2);

    private static readonly Condition IsSyn =
        Condition.Field(PacketField.TcpFlags, new TcpFlagTest(TcpFlags.Syn, TcpFlags.Syn).ToFieldSet());

    public override string Name => "osf";

    /// <summary>The tool has it for IPv4 alone, though the kernel knows both.</summary>
    public override Family? OnlyFamily => Family.IPv4;

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Tcp];

    public override ImmutableArray<OptionSpec> Options { get; } = [Genre, TimeToLive, Log];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Genre];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting | HookSet.Input | HookSet.Forward;

    public override Condition Lower(BoundMatch match) => Condition.AllOf(IsSyn, match.Unknown(isStateful: false));
}
