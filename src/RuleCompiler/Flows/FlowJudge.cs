using System.Globalization;
using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Flows;

/// <summary>Says how a flow fares, and in one line why it is not as the article has it.</summary>
internal sealed class FlowJudge
{
    private readonly Family _family;
    private readonly MeshProfile _profile;
    private readonly DecidingRule _deciding;
    private readonly ArticleMatcher _article;
    private readonly CaptureGaps _gaps;

    public FlowJudge(BoundRuleset ruleset, CaptureMap captures, MeshProfile profile)
    {
        _family = ruleset.Family;
        _profile = profile;
        _deciding = new DecidingRule(ruleset);
        _article = new ArticleMatcher(_family, _deciding, captures, profile);
        _gaps = new CaptureGaps(ruleset, captures, profile);
    }

    public Flow Judge(FlowDefinition flow, Journey journey)
    {
        var (status, note) = StatusOf(flow, journey);
        return new Flow(flow, _family, status, journey.Legs, FlowPath.Of(flow, journey), note);
    }

    private (FlowStatus Status, string? Note) StatusOf(FlowDefinition flow, Journey journey)
    {
        var last = journey.Legs[^1];
        if (journey.IsLoop)
        {
            var wrong = _gaps.ExplainWrongListener(flow, journey) is { } reason ? $"{reason}; and a " : "";
            return (FlowStatus.Broken,
                $"{wrong}redirect loop: {Quote(last.Trace)} leads what {last.From} itself opens back to {last.To}, again and again");
        }
        if (last.Trace.Delivery is null)
        {
            var end = last.Trace.Lost is null ? last.Trace.Verdict.Name() : $"lost in {last.Trace.Lost}";
            return (FlowStatus.Broken, $"{last.From} -> {last.To}: {end}; {Quote(last.Trace)} was the last to decide");
        }
        if (!flow.Captures.IsEmpty && !journey.Captures.Contains(flow.Captures[0]))
        {
            return _gaps.ExplainWrongListener(flow, journey) is { } reason
                ? (FlowStatus.Broken, reason)
                : _gaps.Explain(flow.Captures[0]);
        }
        return flow.Captures.IsEmpty && !journey.Captures.IsEmpty
            ? (FlowStatus.Differs, $"{Quote(journey.Legs[0].Trace)} leads it to {journey.Legs[0].To}, though it is meant to pass no listener")
            : flow.Destination == FlowDestination.Served && !_gaps.CapturesArrivals
                ? (FlowStatus.Absent, "the dump captures nothing of PREROUTING")
                : HoldAgainstArticle(flow, journey);
    }

    private (FlowStatus Status, string? Note) HoldAgainstArticle(FlowDefinition flow, Journey journey)
    {
        if (flow.Article is null)
        {
            return journey.Captures.SequenceEqual(flow.Captures)
                ? (FlowStatus.Ok, null)
                : (FlowStatus.Differs, $"it passes {string.Join(", then ", journey.Legs.Select(l => l.To))}");
        }
        for (var i = 0; i < Math.Max(flow.ArticleLegs.Length, journey.Legs.Length); i++)
        {
            var expected = i < flow.ArticleLegs.Length ? flow.ArticleLegs[i] : null;
            var actual = i < journey.Legs.Length ? _article.DecidedBy(journey.Legs[i].Trace) : null;
            if (expected != actual)
            {
                return (FlowStatus.Differs, flow.Note ?? Explain(flow, journey, i, expected));
            }
        }
        return (FlowStatus.Ok, null);
    }

    private string Explain(FlowDefinition flow, Journey journey, int index, int? expected)
    {
        if (index >= journey.Legs.Length)
        {
            var end = journey.Legs[^1];
            return $"{Quote(end.Trace)} brings {end.From}'s connection to {end.To}; the article has it pass {_profile.Proxy} once more";
        }
        var leg = journey.Legs[index];
        var where = journey.Legs.Length == 1 ? "" : $"{leg.From} -> {leg.To}: ";
        if (expected is not { } number)
        {
            return index < flow.ArticleLegs.Length
                ? $"{where}{Quote(leg.Trace)} decides, where the article has no rule"
                : $"{where}the article does not have this connection";
        }
        var article = string.Create(CultureInfo.InvariantCulture, $"the article's rule {number}");
        if (_deciding.Of(leg.Trace) is not { Rule: { } decidingRule } step)
        {
            return $"{where}{Quote(leg.Trace)} decides, not {article}";
        }
        if (step is not { Hook: Hook.Output, Table: TableKind.Nat })
        {
            return $"{where}{Quote(leg.Trace)} decides in {step.Table.Name()} {step.Hook.Name()}, where {article} does in nat OUTPUT";
        }
        var relation = _article.Find(step.Table, step.Chain, number) is not { } own ? $"{article} is not in the dump"
            : own > decidingRule ? string.Create(CultureInfo.InvariantCulture, $"it comes before {article} ({step.Chain}#{own})")
            : string.Create(CultureInfo.InvariantCulture, $"{article} ({step.Chain}#{own}) does not match");
        return $"{where}{Quote(leg.Trace)} decides; {relation}";
    }

    /// <summary>The rule that decided a leg with its text, or the policy.</summary>
    private string Quote(Trace trace)
    {
        if (_deciding.Of(trace) is not { } step)
        {
            return "no rule";
        }
        return _deciding.Find(step) is { } rule
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Chain}#{step.Rule} ({RuleComment.Remove(RuleText.Of(rule))})")
            : $"the policy of {step.Chain}";
    }
}
