using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
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
        facts.Standing == RuleStanding.AfterRewrite
            ? context.FindingAt(AfterRewrite, rule) with { Because = Causes(context, facts.Because, "gives them another destination") }
            : null;
}
