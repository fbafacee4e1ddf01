using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j REJECT</c>: the end of the packet, and an answer that says so.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ipt_REJECT.c, net/ipv6/netfilter/ip6t_REJECT.c;
/// iptables-extensions(8), REJECT. The answer is a packet of its own.
/// </remarks>
internal sealed class RejectTarget : TargetExtension
{
    private static readonly RejectTypeOption Type = new("--reject-with");

    public override string Name => "REJECT";

    public override ImmutableArray<OptionSpec> Options { get; } = [Type];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Filter;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Type) is { Value: RejectTypeOption.TcpReset } type && !use.Context.IsOnly(IpProtocol.Tcp))
        {
            checker.Report(use, type, TargetDiagnostics.NeedsTcp, RejectTypeOption.TcpReset);
        }
    }

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Reject, Name, new Effect.RejectWith(TypeOf(target)));

    /// <summary>The default is printed too.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer) => Type.Write(TypeOf(use), false, writer);

    private static string TypeOf(BoundExtension use) => use.GetOr(Type, RejectTypeOption.Default(use.Context.Family));
}
