using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j TPROXY</c>: gives the packet to a local proxy's transparent socket without changing its headers.</summary>
/// <remarks>Source: net/netfilter/xt_TPROXY.c, revision 1; Documentation/networking/tproxy.rst.</remarks>
internal sealed class TproxyTarget : TargetExtension
{
    private static readonly PortOption Port = new("--on-port");
    private static readonly HostOption Address = new("--on-ip");
    private static readonly MaskedNumberOption Mark = new("--tproxy-mark", uint.MaxValue);

    public override string Name => "TPROXY";

    public override ImmutableArray<OptionSpec> Options { get; } = [Port, Address, Mark];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Port];

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Tcp, IpProtocol.Udp];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting;

    public override RuleAction Lower(BoundTarget target)
    {
        var mark = target.GetOr(Mark, default);
        return new RuleAction(
            ActionKind.Tproxy,
            Name,
            new Effect.ProxyTo(AddressOf(target), (ushort)target.GetOr(Port, 0ul), mark.Number, mark.Mask));
    }

    /// <summary>All three are always printed.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        var mark = use.GetOr(Mark, default);
        Port.Write(use.GetOr(Port, 0ul), false, writer);
        Address.Write(AddressOf(use), false, writer);
        writer.Option(Mark.Name);
        writer.Word($"0x{mark.Number:x}/0x{mark.Mask:x}");
    }

    private static IpAddress AddressOf(BoundExtension use) => use.GetOr(Address, new IpAddress(use.Context.Family, 0));
}
