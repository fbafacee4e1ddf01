using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m nfacct</c>: counts the packet in an accounting object, and with a quota asks whether that is used up.</summary>
/// <remarks>
/// Source: net/netfilter/xt_nfacct.c, <c>nfacct_mt</c>: an object without a quota matches every packet, one with a quota
/// those beyond it. Which it is, and whether it exists, is the machine's to know.
/// </remarks>
internal sealed class NfacctMatch : MatchExtension
{
    private static readonly TruncatedTextOption ObjectName = new("--nfacct-name", 31);

    public override string Name => "nfacct";

    public override ImmutableArray<OptionSpec> Options { get; } = [ObjectName];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);

    /// <summary>The tool puts two blanks before the name.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        writer.Option(ObjectName.Name);
        writer.Word("");
        writer.Text(use.GetOr(ObjectName, ""));
    }
}
