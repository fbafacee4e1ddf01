using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Jumps to chains that give every packet back as it came.</summary>
internal sealed class IdleJumpAnalyzer : OrderingAnalyzer
{
    public static DiagnosticDescriptor IdleJump { get; } = new("IPT3013", DiagnosticSeverity.Info)
    {
        Title = "Jump to a chain that does nothing",
        Message = "No rule of '{0}' can change what becomes of a packet: every one comes back as it went",
        Explanation = """
            The chain is empty, or all it does is return. Programs such as kube-proxy or Docker create such chains on purpose,
            to fill them later; elsewhere something is missing in it.
            """,
        Example = """
            *filter
            :INPUT DROP [0:0]
            :GUARD - [0:0]
            [|-A INPUT -j GUARD|]
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(IdleJump, "no-op-jump")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts) =>
        facts.IsIdleJump && context.RuleAt(rule).Callee is { } callee
            ? context.FindingAt(IdleJump, rule, callee.Name) with { Fix = RemovalFix.OfRule(context, rule) }
            : null;
}
