using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Runs of rules behind one that takes every packet.</summary>
internal sealed class CatchAllAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor DeadRun { get; } = new("IPT3003", DiagnosticSeverity.Info)
    {
        Title = "Rules behind one that takes everything",
        Message = "No packet gets to these {0} rules: rule {1} takes every packet that comes to it{2}",
        Explanation = """
            A rule without any condition decides about all that reaches it, so nothing behind it in its chain is ever met.
            Where some of the rules behind would have treated packets otherwise, the order is a mistake, and this is a
            warning; else they are dead weight and can go.
            """,
        Example = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -j DROP
            [|-A INPUT -p tcp -m tcp --dport 22 -j DROP
            -A INPUT -p tcp -m tcp --dport 23 -j DROP|]
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(DeadRun, "dead-after-catch-all")];

    public override bool NeedsOrdering => true;

    public override IEnumerable<Finding> Analyze(LintContext context) =>
        context.Ruleset.Chains.Select(chain => context.Ordering.RunBehindCatchAll(chain.Symbol)).OfType<DeadRun>()
            .Select(run => Describe(context, run));

    private static Finding Describe(LintContext context, DeadRun run)
    {
        var facts = context.Ordering;
        var rules = run.Rules.Select(number => new RuleSymbol(run.Chain, number)).ToList();
        var conflict = rules.Find(rule => !facts[rule].IsSomeAlike);
        var hasConflict = conflict.Chain is not null;
        var finding = context.FindingAt(
            DeadRun,
            rules[0],
            rules.Count.ToString(CultureInfo.InvariantCulture),
            run.CatchAll.ToString(CultureInfo.InvariantCulture),
            hasConflict ? string.Create(CultureInfo.InvariantCulture, $", and none is treated as rule {conflict.RuleNumber} says") : "") with
        {
            Severity = hasConflict ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            Location = new Location(
                context.Compilation.Tree.Text,
                TextSpan.FromBounds(context.RuleAt(rules[0]).Span.Start, context.RuleAt(rules[^1]).Span.End)),
            Because = [context.CauseAt(new RuleSymbol(run.Chain, run.CatchAll), "takes every packet that comes to it")],
            Fix = hasConflict
                ? new Fix("move them before it, or remove them (changes behaviour)", [], KeepsBehaviour: false)
                : RemovalFix.OfRules(context, rules, "remove these rules"),
        };
        return hasConflict ? facts.Witnesses.Add(facts[conflict], conflict, finding) : finding;
    }
}
