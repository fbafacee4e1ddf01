using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j ECN</c>: takes congestion notification out of a TCP header, or changes its bits, and goes on.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ipt_ECN.c; extensions/libipt_ECN.c, where removing is the same as setting both TCP
/// flags to 0; RFC 3168.
/// </remarks>
internal sealed class EcnTarget : TargetExtension
{
    private const byte EctBits = 0x03;

    private static readonly FlagOption Remove = new("--ecn-tcp-remove");
    private static readonly NumberOption Echo = new("--ecn-tcp-ece", 0, 1);
    private static readonly NumberOption Reduced = new("--ecn-tcp-cwr", 0, 1);
    private static readonly NumberOption Transport = new("--ecn-ip-ect", 0, EctBits);

    public override string Name => "ECN";

    public override Family? OnlyFamily => Family.IPv4;

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Remove, Echo, Reduced, Transport];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Remove, Echo], [Remove, Reduced]];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        foreach (var option in use.Options)
        {
            if (!ReferenceEquals(option.Spec, Transport) && !use.Context.IsOnly(IpProtocol.Tcp))
            {
                checker.Report(use, option, TargetDiagnostics.NeedsTcp, option.Spec.Name);
            }
        }
    }

    public override RuleAction Lower(BoundTarget target)
    {
        Effect? codePoint = target.TryGet(Transport, out var bits) ? new Effect.SetTos((byte)bits, EctBits) : null;
        var (echo, reduced) = (ValueOf(target, Echo), ValueOf(target, Reduced));
        Effect? flags = (echo ?? reduced) is null ? null : new Effect.SetTcpFlags(
            (echo == 1 ? TcpFlags.Ece : TcpFlags.None) | (reduced == 1 ? TcpFlags.Cwr : TcpFlags.None),
            (echo is null ? TcpFlags.None : TcpFlags.Ece) | (reduced is null ? TcpFlags.None : TcpFlags.Cwr),
            target.OptionText);
        return new(ActionKind.Continue, Name, codePoint is not null && flags is not null ? new Effect.Several([codePoint, flags]) : codePoint ?? flags);
    }

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        var echo = ValueOf(use, Echo);
        var reduced = ValueOf(use, Reduced);
        var transport = use.Find(Transport);
        if ((echo, reduced, transport) is (0, 0, null))
        {
            Remove.Write(FlagOption.Given.Instance, false, writer);
            return;
        }
        Write(Echo, echo, writer);
        Write(Reduced, reduced, writer);
        Write(Transport, (ulong?)transport?.Value, writer);
    }

    private static ulong? ValueOf(BoundExtension use, NumberOption spec) =>
        use.TryGet(spec, out var value) ? value : use.Has(Remove) ? 0 : null;

    private static void Write(NumberOption spec, ulong? value, RuleTextWriter writer)
    {
        if (value is { } given)
        {
            spec.Write(given, false, writer);
        }
    }
}
