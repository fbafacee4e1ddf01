using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that name packets as they were before nat gave them another address or port.</summary>
internal sealed class AfterRewriteAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor AfterRewrite { get; } = new("IPT3008", DiagnosticSeverity.Warning)
    {
        Title = "Address or port that nat has replaced",
        Message = "Every packet that this rule names was given another address or port before it gets here",
        Explanation = """
            Rules see a packet as it is when it comes to them. Destinations are replaced at PREROUTING and OUTPUT, before
            INPUT, FORWARD and the filter table of OUTPUT look at it; so a rule there has to name the new destination, or
            the old one by -m conntrack --ctorigdst and --ctorigdstport.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            [|-A INPUT -p tcp -m tcp --dport 80 -j DROP|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -p tcp -m tcp --dport 8080 -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(AfterRewrite, "after-rewrite")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts) =>
        facts.Standing == RuleStanding.AfterRewrite || IsMissedBehindPrerouting(context, rule, facts)
            ? context.FindingAt(AfterRewrite, rule) with { Because = Translations(context, rule) }
            : null;

    /// <summary>Whether first packets would match the rule if PREROUTING translated none, and as it is none does.</summary>
    private static bool IsMissedBehindPrerouting(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (facts.Standing is not (RuleStanding.Needed or RuleStanding.Redundant)
            || rule.Chain.Table is not (TableKind.Filter or TableKind.Mangle or TableKind.Security)
            || !context.Ordering.HooksOf(rule.Chain).All(hook => hook is Hook.Input or Hook.Forward)
            || !context.Ordering.IsTranslatedAtArrival
            || !context.Names(rule, PacketField.Destination, PacketField.DestinationPort))
        {
            return false;
        }
        var journeys = context.Journeys;
        using var turn = journeys.Begin();
        try
        {
            return !IsHit(journeys, rule, isWithoutNat: false) && IsHit(journeys, rule, isWithoutNat: true);
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(rule, "whether all packets that it names were given another address or port before");
            return false;
        }
    }

    private static bool IsHit(HostJourneys journeys, RuleSymbol rule, bool isWithoutNat) =>
        journeys.Openings.SelectMany(box => journeys.Run(box, isWithoutNat, rule)).Any(cell => cell.IsHit);

    /// <summary>The rules of nat that translate packets which would match if none did.</summary>
    private static ImmutableArray<Cause> Translations(LintContext context, RuleSymbol rule)
    {
        var journeys = context.Journeys;
        var probe = new PacketProbe(context, context.Tables);
        var causes = new SortedSet<RuleKey>(Comparer<RuleKey>.Create((one, other) => (one.Chain, one.Rule).CompareTo((other.Chain, other.Rule))));
        using var turn = journeys.Begin();
        try
        {
            foreach (var cell in context.Ordering.HooksOf(rule.Chain).SelectMany(hook => journeys.OfRule(hook, rule)
                .Select(box => journeys.Opening(hook, box)).OfType<ulong[]>()
                .SelectMany(box => journeys.Run(box, isWithoutNat: true, rule))).Where(cell => cell.IsHit)
                .SelectMany(cell => journeys.Run(cell.Box)))
            {
                journeys.FindPacket(cell.Box, packet => probe.Trace(packet).SelectMany(trace => trace.Steps)
                    .FirstOrDefault(step => step.Table == TableKind.Nat && FamilyPairs.Leads(step)) is { } step
                    && probe.RuleOf(step) is { } nat && causes.Add(new RuleKey(nat.Chain.Index, nat.RuleNumber)));
            }
        }
        catch (OutOfStepsException)
        {
            // Those found so far are causes, too.
        }
        return Causes(context, [.. causes], "gives them another destination");
    }
}
