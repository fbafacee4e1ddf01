using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Diffing;
using RuleCompiler.Linting;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles;

/// <summary>A rule about which lint has proven something, and a packet that satisfies its options.</summary>
/// <param name="Id">The check.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Packet">A packet expression.</param>
internal sealed record FindingPacket(string Id, RuleSymbol Rule, string Packet) : WitnessPacket(Id, Packet)
{
    private const int MostBoxes = 3;
    private const int Attempts = 2;

    /// <summary>The checks of rules that no packet gets to.</summary>
    public static ImmutableArray<string> Dead { get; } =
        ["IPT3001", "IPT3002", "IPT3003", "IPT3006", "IPT3007", "IPT3008", "IPT3009", "IPT3010"];

    /// <summary>The checks of rules without which every packet is treated alike.</summary>
    public static ImmutableArray<string> Superfluous { get; } = ["IPT3005", "IPT3011", "IPT3013", "IPT3014"];

    /// <summary>For each rule of a dump of which a check has something to say, some packets for its host.</summary>
    public static IReadOnlyList<FindingPacket> Of(RandomCase drawn, ImmutableArray<string> checks)
    {
        var family = drawn.IsV6 ? Family.IPv6 : Family.IPv4;
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(drawn.Dump, "dump")), new CompilationOptions { Family = family });
        var host = HostFactsJson.Read(SourceText.From(drawn.Host, "host")).Facts;
        if (host is null || compilation.HasErrors || compilation.GetTables(family) is not { } tables || compilation.GetRuleset(family) is not { } ruleset)
        {
            return [];
        }
        var layout = SpaceLayout.Of(tables);
        var rules = new SpaceRuleset(tables, layout, new UnknownTable());
        var (entries, calls) = (new EntrySpace(layout, hasFragments: false), new CallGraph(ruleset));
        var (boxes, picker) = (new TargetBoxes(rules, entries), new WitnessPicker(layout, host));
        return
        [
            .. from finding in Linter.Run(compilation, new LintOptions { Selected = checks, Host = host }).Findings
               from rule in RulesOf(finding, ruleset)
               from hook in calls.HooksOf(rule.Chain.Index)
               from box in boxes.OfRule(hook, rules.Chains[rule.Chain.Index], rule.RuleNumber).Take(MostBoxes)
               from attempt in Enumerable.Range(0, Attempts)
               select new FindingPacket(finding.Id, rule, PacketExpression.Format(picker.Pick(box, attempt))),
        ];
    }

    private static IEnumerable<RuleSymbol> RulesOf(Finding finding, BoundRuleset ruleset)
    {
        var chain = ruleset.Chains[finding.Chain?.Index ?? 0];
        return chain.Rules.Where(rule => rule.Line >= finding.Location.Start.Line && rule.Line <= finding.Location.End.Line)
            .Select(rule => new RuleSymbol(chain.Symbol, rule.Number));
    }
}
