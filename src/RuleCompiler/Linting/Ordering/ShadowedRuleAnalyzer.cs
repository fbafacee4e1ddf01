using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that no packet gets to, because earlier ones take all that they name.</summary>
internal sealed class ShadowedRuleAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor Conflict { get; } = new("IPT3001", DiagnosticSeverity.Warning)
    {
        Title = "Rule can never do what it says",
        Message = "No packet gets to this rule: {0} every packet it names, and none is treated as it says",
        Explanation = """
            The first rule that matches decides. Every packet that satisfies this rule's options is taken by earlier rules,
            and each of them gives it another outcome. So whoever wrote it wanted something that does not happen.

            Moving it before the rule that takes its packets makes it work, and changes what becomes of them; so --fix
            leaves it alone.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -p tcp -j REDIRECT --to-ports 15001
            [|-A OUTPUT -p tcp -m tcp --dport 15000 -j ACCEPT|]
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -p tcp -m tcp --dport 15000 -j ACCEPT
            -A OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public static DiagnosticDescriptor Shadowed { get; } = new("IPT3002", DiagnosticSeverity.Info)
    {
        Title = "Rule without effect",
        Message = "No packet gets to this rule: {0}; {1}",
        Explanation = """
            Earlier rules take every packet that it names, or nothing that comes to its chain is meant by it. Some or all of
            these packets have the outcome it would give anyway ("sameOutcome" in JSON says which), so this is dead weight
            rather than a mistake. Removing the rule changes nothing.
            """,
        Example = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -p tcp -m tcp --dport 1:1024 -j ACCEPT
            [|-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -p tcp -m tcp --dport 1:1024 -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(Conflict, "shadowed-conflict"), new(Shadowed, "shadowed")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (facts.Standing == RuleStanding.Undecided)
        {
            context.GiveUp(rule, "whether a packet gets to it, and is treated otherwise for it");
            return null;
        }
        if (facts.Standing != RuleStanding.Shadowed || context.Ordering.IsBehindCatchAll(rule)
            || (facts.IsSomeAlike && context.Ordering.EarlierTwin(rule) is not null))
        {
            return null;
        }
        var takers = facts.Because.IsEmpty ? "nothing that enters the chain satisfies its options"
            : $"{NamesOf(context, facts.Because, rule.Chain)} {(facts.Because.Length == 1 ? "takes" : "take")}";
        var label = facts.Because.Length == 1 ? "takes every packet it names" : "takes some of them";
        if (!facts.IsSomeAlike)
        {
            return context.Ordering.Witnesses.Add(facts, rule, context.FindingAt(Conflict, rule, takers) with
            {
                Severity = IsAnswerAll(context, rule, facts) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
                Because = Causes(context, facts.Because, label),
                Fix = new Fix($"move this rule before {NameOfFirst(context, facts.Because, rule)} (changes behaviour)", [], KeepsBehaviour: false),
            });
        }
        var outcome = facts.Because.IsEmpty ? "none is meant"
            : facts.IsSomeDifferent ? "some of them are treated as it says" : "all of them are treated as it says";
        return context.Ordering.Witnesses.Add(facts, rule, context.FindingAt(
            Shadowed, rule, facts.Because.IsEmpty ? takers : $"{takers} every packet it names", outcome) with
        {
            Because = Causes(context, facts.Because, label),
            Properties = [new("sameOutcome", facts.IsSomeDifferent ? "some" : "all")],
            Given = facts.IsForFragments ? ["conntrack runs, and puts fragments together before any rule"] : [],
            Fix = facts.IsForFragments ? null : RemovalFix.OfRule(context, rule),
        });
    }

    /// <summary>
    /// Whether the packets are rejected as the rule says, with another answer: a catch-all of one chain behind that of
    /// another, as firewalls have it that lay zones over a policy.
    /// </summary>
    private static bool IsAnswerAll(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        ActionKind[] takers = [.. facts.Because.Select(key => KindOf(context, key)).Where(kind => kind is not (ActionKind.Jump or ActionKind.Goto))];
        return KindOf(context, new RuleKey(rule.Chain.Index, rule.RuleNumber)) == ActionKind.Reject
            && takers.Length > 0 && takers.All(kind => kind == ActionKind.Reject);
    }

    private static ActionKind KindOf(LintContext context, RuleKey key) =>
        context.Tables.Tables[key.Chain].FindRow(key.Rule)?.Kind ?? default;

    private static string NameOfFirst(LintContext context, ImmutableArray<RuleKey> because, RuleSymbol rule) =>
        because.Any(key => key.Chain == rule.Chain.Index)
            ? NameOf(context, because.First(key => key.Chain == rule.Chain.Index), rule.Chain) : "what takes its packets";
}
