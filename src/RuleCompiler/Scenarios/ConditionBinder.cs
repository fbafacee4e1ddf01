using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Scenarios.Conditions;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Makes conditions of their words; a value that one cannot have is reported.</summary>
internal sealed class ConditionBinder(SourceText text, DiagnosticBag diagnostics)
{
    private const string EndpointForms = "ADDRESS, ADDRESS:PORT or :PORT";

    private static readonly ImmutableArray<string> RewriteKinds = ["redirect", "dnat", "snat", "masquerade", "netmap", "tproxy"];

    /// <returns>Null after a problem.</returns>
    public TraceCondition? Bind(ConditionSyntax syntax)
    {
        var condition = BindTest(syntax);
        return condition is not null && syntax.IsNegated ? new NotCondition(condition) : condition;
    }

    private TraceCondition? BindTest(ConditionSyntax syntax)
    {
        var keyword = syntax.Keyword.Text;
        return (keyword, syntax.Words) switch
        {
            ("verdict", [var word]) => FindVerdict(word.Text) is { } verdict
                ? new VerdictCondition(verdict)
                : Refuse(word, keyword, $"{string.Join(", ", Enum.GetValues<Verdict>().SkipLast(1).Select(v => v.Name()))} or stolen"),
            ("flow", [var word]) => word.Text == "none" ? new FlowCondition(null)
                : int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                    ? new FlowCondition(number)
                    : Refuse(word, keyword, "the number of a flow, or 'none'"),
            ("hits", [var word]) => RuleReference.TryParse(word.Text, out var rule)
                ? new HitsCondition(rule)
                : Refuse(word, keyword, "TABLE:CHAIN:RULE, such as nat:OUTPUT:1"),
            ("mark", [var word]) => MaskedNumber.Find(word.Text) is { } mark
                ? new MarkCondition(mark)
                : Refuse(word, keyword, "a number, with a mask behind a slash or without"),
            ("path", var words) => new PathCondition([.. words.Select(w => PathStep.Parse(w.Text))]),
            ("untouched", _) => new UntouchedCondition(),
            ("rewrite", [var kind, .. var rest]) => RewriteKinds.Contains(kind.Text)
                ? BindRewrite(kind.Text, keyword, rest)
                : Refuse(kind, keyword, $"{string.Join(", ", RewriteKinds[..^1])} or {RewriteKinds[^1]}"),
            (_, var rest) => BindRewrite(keyword, keyword, rest),
        };
    }

    private RewriteCondition? BindRewrite(string kind, string keyword, ImmutableArray<Word> words)
    {
        if (words is not [var word])
        {
            return new RewriteCondition(kind, null);
        }
        if (EndpointPattern.TryParse(word.Text, out var target))
        {
            return new RewriteCondition(kind, target);
        }
        Refuse(word, keyword, EndpointForms);
        return null;
    }

    private TraceCondition? Refuse(Word word, string keyword, string needed)
    {
        diagnostics.Report(ScenarioDiagnostics.BadValue.At(new Location(text, word.Span), word.Text, keyword, needed));
        return null;
    }

    private static Verdict? FindVerdict(string word)
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            if (verdict.Name() == word)
            {
                return verdict;
            }
        }
        return null;
    }
}
