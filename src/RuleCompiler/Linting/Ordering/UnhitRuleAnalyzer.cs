using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Symbols;
using RuleCompiler.Syntax;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that no packet has matched so far, in a dump with counters, while packets went on to a later rule.</summary>
/// <remarks>The only check that rests on what was seen rather than on what can be; so it is off, and never says «unused».</remarks>
internal sealed class UnhitRuleAnalyzer : LintAnalyzer
{
    private static readonly LintCheck Unhit = new(
        new DiagnosticDescriptor("IPT3024", DiagnosticSeverity.Info)
        {
            Title = "Rule without a hit so far",
            Message = "No packet has matched this rule since its counters began, while {0} went on to rule {1}",
            Explanation = "The counters of the dump (iptables-save -c) say so. That does not prove the rule useless: what it is for "
                + "may be rare, or the counters may be young; of nat rules they count connections. Ask for the check with "
                + "--select IPT3024, on a dump taken after a time that means something.",
            Example = """
                *filter
                :INPUT ACCEPT [0:0]
                [0:0] [|-A INPUT -p tcp -m tcp --dport 23 -j ACCEPT|]
                [812:48720] -A INPUT -j DROP
                COMMIT
                """,
            Corrected = """
                *filter
                :INPUT ACCEPT [0:0]
                [812:48720] -A INPUT -j DROP
                COMMIT
                """,
        },
        "unhit",
        IsOn: false);

    public override ImmutableArray<LintCheck> Checks { get; } = [Unhit];

    public override IEnumerable<Finding> Analyze(LintContext context)
    {
        var hits = context.Compilation.Tree.Lines.OfType<RuleSyntax>()
            .Where(line => line.Counters is not null)
            .ToDictionary(line => line.LineNumber, line => PacketsOf(line.Counters?.Value ?? ""));
        return hits.Count == 0 ? [] : context.Tables.Tables.SelectMany(table => Analyze(context, table, hits));
    }

    private static IEnumerable<Finding> Analyze(LintContext context, DecisionTable table, Dictionary<int, UInt128> hits)
    {
        (Row Row, UInt128 Packets)? later = null; // the next rule that takes every packet
        foreach (var row in table.Rows.Reverse())
        {
            if (!hits.TryGetValue(row.Line, out var packets))
            {
                continue;
            }
            if (row.PredicateCount == 0 && packets > 0)
            {
                later = (row, packets);
            }
            else if (packets == 0 && later is { } next)
            {
                yield return FindingAt(context, new RuleSymbol(table.Chain, row.RuleNumber), next.Row.RuleNumber, next.Packets);
            }
        }
    }

    private static Finding FindingAt(LintContext context, RuleSymbol rule, int laterNumber, UInt128 packets)
    {
        var went = packets == 1 ? "1 packet" : string.Create(CultureInfo.InvariantCulture, $"{packets} packets");
        var later = new RuleSymbol(rule.Chain, laterNumber);
        return new Finding
        {
            Descriptor = Unhit.Descriptor,
            Severity = Unhit.Descriptor.Severity,
            Location = context.LocationOf(rule),
            Message = Unhit.Descriptor.Format([went, laterNumber.ToString(CultureInfo.InvariantCulture)]),
            Family = context.Family,
            Chain = rule.Chain,
            RuleNumber = rule.RuleNumber,
            Because = [new Cause(rule.Chain, laterNumber, context.LocationOf(later), $"counts {went}")],
        };
    }

    /// <summary>Of <c>[12:3400]</c> the 12; 0 where it is not to be read.</summary>
    private static UInt128 PacketsOf(string counters)
    {
        var colon = counters.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && UInt128.TryParse(counters.AsSpan(1, colon - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var packets)
            ? packets : 0;
    }
}
