using System.Globalization;
using RuleCompiler.Binding;
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
    public void Check(IEnumerable<Expectation> expectations)
    {
        foreach (var expectation in expectations)
        {
            var condition = expectation.Condition is NotCondition not ? not.Negated : expectation.Condition;
            if (condition is HitsCondition hits && !Chains(hits.Rule).Any(c => hits.Rule.Rule >= 1 && hits.Rule.Rule <= c.Rules.Length))
            {
                Report(expectation, hits.Rule.ToString(), WhyNot(hits.Rule));
            }
            else if (condition is PathCondition path)
            {
                CheckPath(expectation, path);
            }
        }
    }

    private IEnumerable<BoundChain> AllChains => environment.Rulesets.SelectMany(r => r.Chains);

    private void CheckPath(Expectation expectation, PathCondition path)
    {
        foreach (var step in path.Elements.Where(e => !e.IsEllipsis))
        {
            var longest = AllChains.Where(c => c.Symbol.Name == step.Chain).Select(c => (int?)c.Rules.Length).Max();
            var isBaseChain = NetfilterNames.Hooks.Any(h => h.Name() == step.Chain); // has a policy even where it is not declared
            if (longest is null ? !isBaseChain || step.Rule is not null : step.Rule > longest)
            {
                Report(expectation, step.ToString(), longest is null
                    ? Suggestion.For(step.Chain ?? "", AllChains.Select(c => c.Symbol.Name).Distinct())
                    : LastRule(longest.Value));
            }
        }
    }

    private IEnumerable<BoundChain> Chains(RuleReference rule) =>
        AllChains.Where(c => c.Symbol.Table == rule.Table && c.Symbol.Name == rule.Chain);

    private string WhyNot(RuleReference rule) => Chains(rule).Select(c => (int?)c.Rules.Length).Max() is { } longest
        ? LastRule(longest)
        : Suggestion.For(rule.Chain, AllChains.Where(c => c.Symbol.Table == rule.Table).Select(c => c.Symbol.Name).Distinct());

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
