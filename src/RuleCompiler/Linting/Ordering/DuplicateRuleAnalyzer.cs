using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that stand in their chain already, and do nothing the second time.</summary>
internal sealed class DuplicateRuleAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor Duplicate { get; } = new("IPT3011", DiagnosticSeverity.Info)
    {
        Title = "Rule given twice",
        Message = "This rule is the same as rule {0}, and changes nothing",
        Explanation = """
            Mostly a script was run twice without removing what it had added before. Comments aside the two rules are equal,
            and every packet is treated alike without the second one.
            """,
        Example = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT
            [|-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(Duplicate, "duplicate")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (facts.Standing is not (RuleStanding.Shadowed or RuleStanding.Redundant)
            || (facts.Standing == RuleStanding.Shadowed && (!facts.IsSomeAlike || context.Ordering.IsBehindCatchAll(rule)))
            || context.Ordering.EarlierTwin(rule) is not { } twin)
        {
            return null;
        }
        return context.FindingAt(Duplicate, rule, twin.RuleNumber.ToString(CultureInfo.InvariantCulture)) with
        {
            Because = [context.CauseAt(twin, "says the same")],
            Fix = RemovalFix.OfRule(context, rule),
        };
    }
}
