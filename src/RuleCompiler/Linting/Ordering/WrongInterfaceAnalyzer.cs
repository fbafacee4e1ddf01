using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that want an interface which packets at their hooks do not have.</summary>
internal sealed class WrongInterfaceAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor HookImpossible { get; } = new("IPT3009", DiagnosticSeverity.Warning)
    {
        Title = "Interface that its hooks never have",
        Message = "No packet has the interface that this rule wants where its chain is called from: {0}",
        Explanation = """
            A packet that this host sends has no incoming interface, and one that has just arrived, or is delivered here, has
            no outgoing one. iptables refuses such an option in a base chain, but not in a user's chain.
            """,
        Example = """
            *filter
            :OUTPUT ACCEPT [0:0]
            :GUARD - [0:0]
            -A OUTPUT -j GUARD
            [|-A GUARD -i eth0 -j DROP|]
            COMMIT
            """,
        Corrected = """
            *filter
            :OUTPUT ACCEPT [0:0]
            :GUARD - [0:0]
            -A OUTPUT -j GUARD
            -A GUARD -o eth0 -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(HookImpossible, "hook-impossible")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts) =>
        facts.Standing != RuleStanding.WrongInterface ? null
        : context.FindingAt(HookImpossible, rule, string.Join(", ", context.Ordering.HooksOf(rule.Chain).Select(Netfilter.NetfilterNames.Name)));
}
