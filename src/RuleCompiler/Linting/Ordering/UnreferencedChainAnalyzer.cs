using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Chains that no way leads to.</summary>
internal sealed class UnreferencedChainAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor Unreferenced { get; } = new("IPT3012", DiagnosticSeverity.Info)
    {
        Title = "Chain that nothing calls",
        Message = "No rule on any way from a base chain jumps to '{0}'",
        Explanation = """
            Packets get into a user's chain only by a jump or goto, and none leads here from PREROUTING, INPUT, FORWARD,
            OUTPUT or POSTROUTING. Its rules are not looked at further. Often the jump was meant, and is missing.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            [|:GUARD - [0:0]|]
            -A GUARD -p tcp -m tcp --dport 22 -j DROP
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            :GUARD - [0:0]
            -A INPUT -j GUARD
            -A GUARD -p tcp -m tcp --dport 22 -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(Unreferenced, "unreferenced-chain")];

    public override IEnumerable<Finding> Analyze(LintContext context) =>
        from chain in context.Ruleset.Chains
        where context.Calls.HooksOf(chain.Symbol.Index).IsEmpty
        select context.FindingAt(Unreferenced, chain.Symbol, chain.Symbol.Name) with { Fix = RemovalFix.OfChain(context, chain.Symbol) };
}
