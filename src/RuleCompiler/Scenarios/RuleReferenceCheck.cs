using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Scenarios.Conditions;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Notices conditions that name a rule or chain which no dump has.</summary>
internal sealed class RuleReferenceCheck(SourceText text, ScenarioEnvironment environment, DiagnosticBag diagnostics)
{
    /// <summary>How many rules chains have, by name: those of several tables, and of both families.</summary>
    private readonly ILookup<string, (TableKind Table, int RuleCount)> _chains = environment.Rulesets
        .SelectMany(ruleset => ruleset.Chains).ToLookup(chain => chain.Symbol.Name, chain => (chain.Symbol.Table, chain.Rules.Length));

    public void Check(IEnumerable<Expectation> expectations)
    {
        foreach (var expectation in expectations)
        {
            var condition = expectation.Condition is NotCondition not ? not.Negated : expectation.Condition;
            if (condition is HitsCondition hits && !(hits.Rule.Rule >= 1 && hits.Rule.Rule <= LengthOf(hits.Rule)))
            {
                Report(expectation, hits.Rule.ToString(), WhyNot(hits.Rule));
            }
            else if (condition is PathCondition path)
            {
                CheckPath(expectation, path);
            }
        }
    }

    private void CheckPath(Expectation expectation, PathCondition path)
    {
        foreach (var step in path.Elements.Where(e => !e.IsEllipsis))
        {
            var longest = _chains[step.Chain ?? ""].Max(chain => (int?)chain.RuleCount);
            var isBaseChain = NetfilterNames.Hooks.Any(h => h.Name() == step.Chain); // has a policy even where it is not declared
            if (longest is null ? !isBaseChain || step.Rule is not null : step.Rule > longest)
            {
                Report(expectation, step.ToString(), longest is null
                    ? Suggestion.For(step.Chain ?? "", _chains.Select(chains => chains.Key))
                    : LastRule(longest.Value));
            }
        }
    }

    private int? LengthOf(RuleReference rule) =>
        _chains[rule.Chain].Where(chain => chain.Table == rule.Table).Max(chain => (int?)chain.RuleCount);

    private string WhyNot(RuleReference rule) => LengthOf(rule) is { } longest
        ? LastRule(longest)
        : Suggestion.For(rule.Chain, _chains.Where(chains => chains.Any(chain => chain.Table == rule.Table)).Select(chains => chains.Key));

    private static string LastRule(int number) =>
        string.Create(CultureInfo.InvariantCulture, $": the last rule of that chain is {number}");

    /// <summary>At the word itself, where it stands as it is; else at the whole condition.</summary>
    private void Report(Expectation expectation, string word, string reason)
    {
        var written = text.ToString(expectation.Span);
        var offset = written.Length == expectation.Span.Length ? written.IndexOf(word, StringComparison.Ordinal) : -1;
        var span = offset < 0 ? expectation.Span : new TextSpan(expectation.Span.Start + offset, word.Length);
        diagnostics.Report(ScenarioDiagnostics.UnknownRule.At(new Location(text, span), word, reason));
    }
}
