using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules in nat for packets that nat chains are never asked about.</summary>
internal sealed class NatStateAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor StateNeverSeen { get; } = new("IPT3006", DiagnosticSeverity.Warning)
    {
        Title = "State that nat never sees",
        Message = "Chains of nat are asked about the first packet of a connection only; this rule wants packets of another state",
        Explanation = """
            The kernel looks into nat once a connection: for its first packet, whose state is NEW, or RELATED where another
            connection expected it. ESTABLISHED packets are translated as the first one was, and INVALID or UNTRACKED ones
            have no connection to translate. To drop INVALID packets, use mangle or filter.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            [|-A PREROUTING -m conntrack --ctstate INVALID -j RETURN|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            COMMIT
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -m conntrack --ctstate INVALID -j DROP
            COMMIT
            """,
    };

    public static DiagnosticDescriptor NatOfUntracked { get; } = new("IPT3007", DiagnosticSeverity.Warning)
    {
        Title = "Translation of untracked packets",
        Message = "Every packet that this rule names was taken out of tracking in raw, so nat is never asked about it",
        Explanation = """
            What raw takes out of tracking (NOTRACK, CT --notrack) has no connection, and without one the kernel asks no nat
            chain. Either the raw rule names too much, or this translation is not wanted.
            """,
        Example = """
            *raw
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 9090 -j CT --notrack
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            [|-A PREROUTING -p tcp -m tcp --dport 9090 -j REDIRECT --to-ports 8080|]
            COMMIT
            """,
        Corrected = """
            *raw
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 9091 -j CT --notrack
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 9090 -j REDIRECT --to-ports 8080
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } =
        [new(StateNeverSeen, "state-never-seen"), new(NatOfUntracked, "nat-of-untracked")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts) => facts.Standing switch
    {
        RuleStanding.StateNeverSeen => context.FindingAt(StateNeverSeen, rule),
        RuleStanding.Untracked => context.FindingAt(NatOfUntracked, rule) with
        {
            Because = Causes(context, facts.Because, "takes them out of tracking"),
        },
        _ => null,
    };
}
