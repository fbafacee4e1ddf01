using System.Collections.Immutable;
using RuleCompiler.Linting;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>What the linter says of a small dump, in the words of the oracle.</summary>
internal static class SmallLint
{
    /// <summary>The checks that the oracle decides.</summary>
    public static ImmutableArray<string> Checks { get; } =
        ["IPT3001", "IPT3002", "IPT3003", "IPT3004", "IPT3005", "IPT3007", "IPT3008", "IPT3009", "IPT3011", "IPT3012"];

    /// <summary>Its findings, in the order of the dump; what it leaves undecided is told as a finding of that name.</summary>
    public static IReadOnlyList<SmallFinding> Of(SmallDump dump)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump.ToString())), new CompilationOptions { Family = dump.Family });
        var result = Linter.Run(compilation, new LintOptions { Selected = Checks });
        return
        [
            .. result.Findings.Select(finding => Read(compilation, dump.Family, finding)),
            .. result.Undecided.Select(undecided => new SmallFinding("undecided", $"line {undecided.Location.Start.Line}", 0)),
        ];
    }

    private static SmallFinding Read(Compilation compilation, Family family, Finding finding)
    {
        var chain = compilation.GetRuleset(family)?.Chains[finding.Chain?.Index ?? 0] ?? throw new InvalidDataException();
        var first = finding.RuleNumber ?? 0;
        var last = first == 0 ? 0 : chain.Rules.Last(rule => rule.Line <= finding.Location.End.Line).Number;
        return new SmallFinding(
            finding.Id,
            chain.Symbol.ToString(),
            first,
            last,
            finding.Properties.FirstOrDefault(property => property.Key == "sameOutcome").Value);
    }
}
