using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m rpfilter</c>: an answer to the packet would leave by the interface that it came in by.</summary>
/// <remarks>
/// Source: net/ipv4/netfilter/ipt_rpfilter.c; iptables-extensions(8), rpfilter. Taken as unknown: it looks at routes in
/// ways that the host facts do not tell.
/// </remarks>
internal sealed class RpfilterMatch : MatchExtension
{
    private static readonly FlagOption Loose = new("--loose");
    private static readonly FlagOption ValidMark = new("--validmark");
    private static readonly FlagOption AcceptLocal = new("--accept-local");
    private static readonly FlagOption Invert = new("--invert");

    public override string Name => "rpfilter";

    public override ImmutableArray<OptionSpec> Options { get; } = [Loose, ValidMark, AcceptLocal, Invert];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting;

    public override TableSet TablesFor(BoundExtension use) => TableSet.Raw | TableSet.Mangle;

    public override Condition Lower(BoundMatch match)
    {
        var writer = new RuleTextWriter();
        writer.Word(Name);
        foreach (var spec in (ReadOnlySpan<FlagOption>)[Loose, ValidMark, AcceptLocal])
        {
            if (match.Has(spec))
            {
                writer.Option(spec.Name);
            }
        }
        var unknown = Condition.Unknown(Name, writer.ToString(), isStateful: false);
        return match.Has(Invert) ? Condition.Not(unknown) : unknown;
    }
}
