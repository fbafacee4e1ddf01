using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j CT</c>: decides how connection tracking is to treat the packet, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_CT.c, revision 2: without tracking, the other options mean nothing.
/// extensions/libxt_CT.c; iptables-extensions(8), CT.
/// </remarks>
internal sealed class CtTarget : TargetExtension
{
    // struct xt_ct_target_info_v1, without the final zeros
    private const int NameBytes = 15;
    private const int TimeoutBytes = 31;

    private static readonly FlagOption Notrack = new("--notrack");
    private static readonly TruncatedTextOption Helper = new("--helper", NameBytes) { IsBare = true };
    private static readonly TruncatedTextOption Timeout = new("--timeout", TimeoutBytes) { IsBare = true };

    private static readonly WordSetOption ConnectionEvents = new(
        "--ctevents",
        [
            ("new", 1), ("related", 2), ("destroy", 4), ("reply", 8), ("assured", 16), ("protoinfo", 32), ("helper", 64),
            ("mark", 128), ("natseqinfo", 256), ("secmark", 512),
        ])
    {
        IsCaseSensitive = true,
    };

    private static readonly WordSetOption ExpectationEvents = new("--expevents", [("new", 1)]) { IsCaseSensitive = true };
    private static readonly ZoneOption Zone = new("--zone");
    private static readonly ZoneOption OriginalZone = new("--zone-orig");
    private static readonly ZoneOption ReplyZone = new("--zone-reply");

    public override string Name => "CT";

    public override ImmutableArray<OptionSpec> Options { get; } =
        [Notrack, Helper, Timeout, ConnectionEvents, ExpectationEvents, Zone, OriginalZone, ReplyZone];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Raw;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Context is { Protocol: not 0, IsProtocolNegated: false } || use.Has(Notrack))
        {
            return;
        }
        foreach (var option in use.Options)
        {
            if (ReferenceEquals(option.Spec, Helper) || ReferenceEquals(option.Spec, Timeout))
            {
                checker.Report(use, option, TargetDiagnostics.NeedsProtocol, option.Spec.Name);
            }
        }
    }

    public override RuleAction Lower(BoundTarget target)
    {
        if (target.Has(Notrack))
        {
            return new RuleAction(ActionKind.Notrack, Name, new Effect.Untrack());
        }
        var (zone, option) = ZoneOf(target);
        Effect effect = zone == default
            ? new Effect.PrepareTracking(target.OptionText)
            : new Effect.SetZone(
                zone.Number,
                zone.IsFromMark,
                ReferenceEquals(option, OriginalZone) ? 0 : ReferenceEquals(option, ReplyZone) ? 1 : null);
        return new RuleAction(ActionKind.Continue, Name, effect);
    }

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            if (spec is not ZoneOption && use.Find(spec) is { } option)
            {
                spec.Write(option.Value, false, writer);
            }
        }
        var (zone, zoneOption) = ZoneOf(use);
        if (zone != default)
        {
            zoneOption.Write(zone, false, writer);
        }
    }

    /// <summary>The tool keeps one zone, the last given, and adds up the directions; both are none.</summary>
    private static (ZoneOption.Zone Zone, ZoneOption Option) ZoneOf(BoundExtension use)
    {
        var zone = default(ZoneOption.Zone);
        foreach (var option in use.Options)
        {
            if (option.Value is ZoneOption.Zone given)
            {
                zone = new ZoneOption.Zone(given.IsFromMark ? zone.Number : given.Number, zone.IsFromMark || given.IsFromMark);
            }
        }
        var spec = (use.Has(OriginalZone), use.Has(ReplyZone)) switch
        {
            (true, false) => OriginalZone,
            (false, true) => ReplyZone,
            _ => Zone,
        };
        return (zone.IsFromMark ? zone with { Number = 0 } : zone, spec);
    }
}
