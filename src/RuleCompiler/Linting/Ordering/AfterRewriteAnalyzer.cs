using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

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

    /// <summary>First packets that arrive.</summary>
    private static readonly SpaceExpression Openings = SpaceExpression.Parse(SourceText.From("* * -> * in * state NEW")).Space
        ?? throw new InvalidOperationException();

    public override ImmutableArray<LintCheck> Checks { get; } = [new(AfterRewrite, "after-rewrite")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts) =>
        facts.Standing == RuleStanding.AfterRewrite
            ? context.FindingAt(AfterRewrite, rule) with { Because = Causes(context, facts.Because, "gives them another destination") }
        : IsMissedBehindPrerouting(context, rule, facts) ? context.FindingAt(AfterRewrite, rule)
        : null;

    /// <summary>Whether first packets would match the rule if PREROUTING translated none, and as it is none does.</summary>
    private static bool IsMissedBehindPrerouting(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (facts.Standing is not (RuleStanding.Needed or RuleStanding.Redundant)
            || rule.Chain.Table is not (TableKind.Filter or TableKind.Mangle or TableKind.Security)
            || !context.Ordering.HooksOf(rule.Chain).All(hook => hook is Hook.Input or Hook.Forward)
            || !context.Ordering.IsTranslatedAtArrival
            || !NamesDestination(context, rule))
        {
            return false;
        }
        try
        {
            return !IsHit(context, context.Tables, rule) && IsHit(context, context.Tables.Without(TableKind.Nat), rule);
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(rule, "whether all packets that it names were given another address or port before");
            return false;
        }
    }

    private static bool IsHit(LintContext context, CompiledRuleset rules, RuleSymbol rule)
    {
        var search = new SpaceSearch(rules, context.Host, [Openings], new StepBudget(context.Options.StepsPerRule, context.Cancellation));
        return search.Run(Openings, new RuleReference(rule.Chain.Table, rule.Chain.Name, rule.RuleNumber)).Any(cell => cell.IsHit);
    }

    private static bool NamesDestination(LintContext context, RuleSymbol rule) =>
        context.Tables.Tables[rule.Chain.Index].FindRow(rule.RuleNumber) is { } row
        && context.Tables.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount).ToArray()
            .Any(reference => context.Tables.Predicates[reference >> 1].Field is PacketField.Destination or PacketField.DestinationPort);
}
