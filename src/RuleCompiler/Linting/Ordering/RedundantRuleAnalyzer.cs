using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that packets get to, and without which every one would be treated alike.</summary>
internal sealed class RedundantRuleAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor Redundant { get; } = new("IPT3005", DiagnosticSeverity.Info)
    {
        Title = "Rule that changes nothing",
        Message = "Without this rule every packet would be treated alike: {0}",
        Explanation = """
            Packets match it, but what follows (later rules, the caller, the policy, or the tables behind) gives each of them
            the same outcome, log entries included; or all that it writes, earlier rules have written before. Each rule is
            judged by itself: of two that make each other superfluous both are named, and one has to stay; --fix proves each
            removal anew.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -s 192.0.2.0/24 -j DROP
            [|-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -s 192.0.2.0/24 -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(Redundant, "redundant")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (facts.Standing != RuleStanding.Redundant || context.Ordering.EarlierTwin(rule) is not null)
        {
            return null;
        }
        var because = facts.Because.Remove(new PacketSpaces.RuleKey(rule.Chain.Index, rule.RuleNumber));
        var reason = because.IsEmpty ? "the caller goes on with them in the same way"
            : NamesOf(context, because, rule.Chain) + (because.Length == 1, facts.IsRepetition) switch
            {
                (true, true) => " has written the same before",
                (false, true) => " have written the same before",
                (true, false) => " decides as it does",
                (false, false) => " decide as it does",
            };
        return context.Ordering.Witnesses.Add(facts, rule, context.FindingAt(Redundant, rule, reason) with
        {
            Because = Causes(context, because, facts.IsRepetition ? "has written the same before" : "decides as it does"),
            Fix = RemovalFix.OfRule(context, rule),
        });
    }
}
