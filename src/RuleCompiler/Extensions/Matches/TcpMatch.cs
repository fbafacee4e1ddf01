using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m tcp</c>: ports, flags and options of a TCP packet.</summary>
/// <remarks>Source: net/netfilter/xt_tcpudp.c, <c>tcp_mt</c>; iptables-extensions(8), tcp.</remarks>
internal sealed class TcpMatch() : PortMatch("tcp", IpProtocol.Tcp, TcpOption, Flags, Syn)
{
    private const TcpFlags SynMask = TcpFlags.Fin | TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack;

    private static readonly NumberOption TcpOption = new("--tcp-option", 1, byte.MaxValue) { IsNegatable = true };

    private static readonly TcpFlagsOption Flags = new("--tcp-flags") { IsNegatable = true };

    private static readonly ShorthandOption<TcpFlagTest> Syn =
        new("--syn", Flags, new TcpFlagTest(SynMask, TcpFlags.Syn)) { IsNegatable = true };

    private static readonly Condition IsSyn =
        Condition.Field(PacketField.TcpFlags, new TcpFlagTest(SynMask, TcpFlags.Syn).ToFieldSet());

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Flags, Syn]];

    protected override Condition LowerOwn(BoundMatch match) => match.Options.Length == 0
        ? Condition.Always
        : Condition.AllOf(
            match.TryGet(TcpOption, out var kind) ? LowerOption(match, (int)kind) : Condition.Always,
            match.TryGet(Flags, out var flags) && flags.IsAny && !match.IsNegated(Flags) ? Condition.Always : match.Test(Flags, PacketField.TcpFlags),
            match.Has(Syn) && !match.IsNegated(Syn) ? IsSyn : match.Test(Syn, PacketField.TcpFlags));

    private static Condition LowerOption(BoundMatch match, int kind)
    {
        var isLow = kind < 128;
        var bit = UInt128.One << (isLow ? kind : kind - 128);
        return BoundMatch.Test(
            FieldSet.AnyBit(bit),
            match.IsNegated(TcpOption),
            isLow ? PacketField.TcpOptionsLow : PacketField.TcpOptionsHigh);
    }
}
