using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules whose options rule each other out.</summary>
internal sealed class ContradictionAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor Contradiction { get; } = new("IPT3004", DiagnosticSeverity.Warning)
    {
        Title = "Options rule each other out",
        Message = "No packet can satisfy all options of this rule at once",
        Explanation = """
            All options of a rule must hold together, and these cannot: whatever else the rules say, it never matches. Mostly
            one option was meant to be negated, or to stand in a rule of its own.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|-A INPUT -p tcp -m tcp --dport 80 -m multiport ! --dports 80,443 -j DROP|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -p tcp -m multiport ! --dports 80,443 -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(Contradiction, "contradiction")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts) =>
        facts.Standing == RuleStanding.Contradiction ? context.FindingAt(Contradiction, rule) : null;
}
