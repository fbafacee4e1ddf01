using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ecn</c>: the congestion bits of the IP and TCP headers (RFC 3168).</summary>
/// <remarks>Source: net/netfilter/xt_ecn.c; iptables-extensions(8), ecn.</remarks>
internal sealed class EcnMatch : MatchExtension
{
    private const byte CodePointBits = 3;

    private static readonly FlagOption Echo = new("--ecn-tcp-ece") { IsNegatable = true };
    private static readonly FlagOption Reduced = new("--ecn-tcp-cwr") { IsNegatable = true };
    private static readonly NumberOption CodePoint = new("--ecn-ip-ect", 0, CodePointBits) { IsNegatable = true };

    public override string Name => "ecn";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Echo, Reduced, CodePoint];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if ((use.Find(Echo) ?? use.Find(Reduced)) is { } option
            && (use.Context.Protocol != IpProtocol.Tcp || use.Context.IsProtocolNegated))
        {
            checker.Report(use, option, ExtensionDiagnostics.NeedsOther, option.Spec.Name, "-p tcp");
        }
    }

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        TestFlag(match, Echo, TcpFlags.Ece),
        TestFlag(match, Reduced, TcpFlags.Cwr),
        match.TryGet(CodePoint, out var bits)
            ? BoundMatch.Test(FieldSet.Masked(bits, CodePointBits, 8), match.IsNegated(CodePoint), PacketField.Tos)
            : Condition.Always);

    private static Condition TestFlag(BoundMatch match, FlagOption spec, TcpFlags flag) => match.Has(spec)
        ? BoundMatch.Test(FieldSet.AnyBit((UInt128)(int)flag), match.IsNegated(spec), PacketField.TcpFlags)
        : Condition.Always;
}
