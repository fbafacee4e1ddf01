using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m set</c>: the packet is a member of an ipset.</summary>
/// <remarks>
/// Source: net/netfilter/xt_set.c, <c>set_match_v4</c>; iptables-extensions(8), set. Counters of members are history,
/// and the members that <c>--return-nomatch</c> asks for are not told; both are unknown. A negated test is the plain
/// opposite of everything else that the match asks.
/// </remarks>
internal sealed class SetMatch : MatchExtension
{
    private static readonly SetReferenceOption Members = new("--match-set") { Aliases = ["--set"], IsNegatable = true };
    private static readonly FlagOption ReturnNomatch = new("--return-nomatch");
    private static readonly FlagOption UpdateCounters = new("--update-counters") { IsNegatable = true };
    private static readonly FlagOption UpdateSubcounters = new("--update-subcounters") { IsNegatable = true };
    private static readonly NumberOption PacketsEqual = new("--packets-eq", 0, ulong.MaxValue) { IsNegatable = true };
    private static readonly NumberOption PacketsLess = new("--packets-lt", 0, ulong.MaxValue);
    private static readonly NumberOption PacketsGreater = new("--packets-gt", 0, ulong.MaxValue);
    private static readonly NumberOption BytesEqual = new("--bytes-eq", 0, ulong.MaxValue) { IsNegatable = true };
    private static readonly NumberOption BytesLess = new("--bytes-lt", 0, ulong.MaxValue);
    private static readonly NumberOption BytesGreater = new("--bytes-gt", 0, ulong.MaxValue);

    private static readonly ImmutableArray<OptionSpec> Packets = [PacketsEqual, PacketsLess, PacketsGreater];

    private static readonly ImmutableArray<OptionSpec> Bytes = [BytesEqual, BytesLess, BytesGreater];

    public override string Name => "set";

    public override ImmutableArray<OptionSpec> Options { get; } =
        [Members, ReturnNomatch, UpdateCounters, UpdateSubcounters, .. Packets, .. Bytes];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Members];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [Packets, Bytes];

    public override Condition Lower(BoundMatch match)
    {
        if (!match.TryGet(Members, out var set))
        {
            return Condition.Never;
        }
        var text = $"{Name} {Members.Name} {set}";
        var isMember = match.Has(ReturnNomatch)
            ? Condition.Unknown(Name, $"{text} {ReturnNomatch.Name}", isStateful: false)
            : Condition.Member(set.Name, set.Dimensions, text);
        var condition = AsksCounters(match) ? Condition.AllOf(isMember, match.Unknown(isStateful: true)) : isMember;
        return match.IsNegated(Members) ? Condition.Not(condition) : condition;
    }

    /// <summary>Counters are updated unless a rule says otherwise, so only <c>!</c> prints.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (use.Find(spec) is { } option
                && (option.IsNegated || (!ReferenceEquals(spec, UpdateCounters) && !ReferenceEquals(spec, UpdateSubcounters))))
            {
                spec.Write(option.Value, option.IsNegated, writer);
            }
        }
    }

    private static bool AsksCounters(BoundMatch match)
    {
        foreach (var option in match.Options)
        {
            if (Packets.Contains(option.Spec) || Bytes.Contains(option.Spec))
            {
                return true;
            }
        }
        return false;
    }
}
