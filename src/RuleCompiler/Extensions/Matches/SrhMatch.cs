using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m srh</c>: the segment routing header of an IPv6 packet (RFC 8754), of which packets tell that it is there.</summary>
/// <remarks>
/// Source: net/ipv6/netfilter/ip6t_srh.c; extensions/libip6t_srh.c. Of a number there is one for <c>eq</c>, <c>gt</c>
/// and <c>lt</c> together: the last one given counts for all that are asked.
/// </remarks>
internal sealed class SrhMatch : MatchExtension
{
    private static readonly NumberOption NextHeader = Number("--srh-next-hdr", byte.MaxValue);

    private static readonly ImmutableArray<ImmutableArray<NumberOption>> Compared =
        [Comparisons("hdr-len"), Comparisons("segs-left"), Comparisons("last-entry")];

    private static readonly NumberOption Tag = Number("--srh-tag", ushort.MaxValue);

    public override string Name => "srh";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<OptionSpec> Options { get; } =
        [NextHeader, .. Compared.SelectMany(group => group), Tag, Segment("--srh-psid"), Segment("--srh-nsid"), Segment("--srh-lsid")];

    public override Condition Lower(BoundMatch match) =>
        Condition.AllOf(HeaderConditions.Has(ExtensionHeaders.Routing), match.Unknown(isStateful: false));

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (use.Find(spec) is { } option)
            {
                spec.Write(LastOfGroup(use, option), option.IsNegated, writer);
            }
        }
    }

    private static object LastOfGroup(BoundExtension use, BoundOption option)
    {
        if (option.Spec is not NumberOption number || Compared.FirstOrDefault(group => group.Contains(number)) is not { IsDefault: false } group)
        {
            return option.Value;
        }
        return use.Options.Last(o => o.Spec is NumberOption other && group.Contains(other)).Value;
    }

    private static NumberOption Number(string name, ulong max) => new(name, 0, max) { IsNegatable = true };

    private static ImmutableArray<NumberOption> Comparisons(string what) =>

    [
        Number($"--srh-{what}-eq", byte.MaxValue), Number($"--srh-{what}-gt", byte.MaxValue), Number($"--srh-{what}-lt", byte.MaxValue),
    ];

    private static HostAddressOption Segment(string name) => new(name) { IsNegatable = true, PrintsFullMask = true };
}
