using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Policies that no packet meets, and that say otherwise than the rule in front of them.</summary>
internal sealed class UnusedPolicyAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor UnusedPolicy { get; } = new("IPT3021", DiagnosticSeverity.Info)
    {
        Title = "Policy that is never used",
        Message = "Rule {0} takes every packet that comes to it, so the policy {1} of this chain never applies",
        Explanation = """
            The policy decides about what no rule of the chain does. Here the last rule takes all of that and says the
            opposite, so the policy misleads readers; and packets meet it after all for as long as the rules are flushed.
            """,
        Example = """
            *filter
            [|:INPUT ACCEPT [0:0]|]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            -A INPUT -j DROP
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(UnusedPolicy, "policy-never-used")];

    public override IEnumerable<Finding> Analyze(LintContext context) =>
        context.Tables.Tables.Select(table => Find(context, table)).OfType<Finding>();

    private static Finding? Find(LintContext context, DecisionTable table)
    {
        if (table.Chain.Hook is null || table.Rows is not [.., { PredicateCount: 0 } last] || Contradicts(last.Kind, table.Chain.PolicyDrops) is false
            || table.Rows.Any(row => LeadsToPolicy(row.Kind) && IsMet(context, new RuleSymbol(table.Chain, row.RuleNumber))))
        {
            return null;
        }
        var rule = new RuleSymbol(table.Chain, last.RuleNumber);
        return context.FindingAt(UnusedPolicy, table.Chain, ((uint)last.RuleNumber).Text(), table.Chain.PolicyDrops ? "DROP" : "ACCEPT") with
        {
            Because = [context.CauseAt(rule, "takes every packet that comes to it")],
        };
    }

    private static bool Contradicts(ActionKind kind, bool policyDrops) => kind switch
    {
        ActionKind.Accept => policyDrops,
        ActionKind.Drop or ActionKind.Reject => !policyDrops,
        _ => false,
    };

    private static bool LeadsToPolicy(ActionKind kind) => kind is ActionKind.Return or ActionKind.Goto;

    private static bool IsMet(LintContext context, RuleSymbol rule) =>
        context.Ordering[rule].Standing is RuleStanding.Needed or RuleStanding.Redundant or RuleStanding.Undecided;
}
