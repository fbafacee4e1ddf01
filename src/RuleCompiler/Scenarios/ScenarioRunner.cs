using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Packets;
using RuleCompiler.Scenarios.Conditions;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Runs scenarios: sends their packets through the rules and holds what comes against what is expected.</summary>
internal sealed class ScenarioRunner(ScenarioEnvironment environment, ClaimProver prover)
{
    private ImmutableArray<FlowAnalysis>? _flows;

    /// <summary>Runs one scenario, or proves one claim; its snapshot is made, not compared.</summary>
    public ItemResult Run(ScenarioItem item)
    {
        try
        {
            return item switch
            {
                Scenario scenario => scenario.PlaysFlows ? RunFlows(scenario) : RunPackets(scenario),
                Claim claim => prover.Prove(claim),
                _ => throw new UnreachableException(),
            };
        }
        catch (EvaluationLimitException e)
        {
            return new ItemResult(item, []) { Undecided = e.Message };
        }
    }

    private ItemResult RunPackets(Scenario scenario)
    {
        var packets = scenario.Packets.Select(p => (Packet: p, Outcomes: Trace(p))).ToImmutableArray();
        var failures = Check(scenario, [.. packets.Select(p => p.Outcomes)]);
        return new ItemResult(scenario, failures)
        {
            Snapshot = scenario.Snapshot is null ? [] : [.. packets.Select(p => SectionOf(p.Packet, p.Outcomes))],
        };
    }

    private ItemResult RunFlows(Scenario scenario)
    {
        var analyses = _flows ??= environment.PlayFlows();
        if (analyses.IsEmpty)
        {
            return new ItemResult(scenario, [new Failure(scenario.Name.Span, "the flows of a sidecar", "no dump has a sidecar")]);
        }
        ImmutableArray<ImmutableArray<TracedOutcome>> legs =
        [
            .. from analysis in analyses
               from flow in analysis.Flows
               from leg in flow.Legs
               let naming = environment.For(flow.Family).Naming
               select ImmutableArray.Create(new TracedOutcome(leg.Trace, naming?.FlowOf(leg.Trace.Packet, leg.Trace.Rewrites))),
        ];
        return new ItemResult(scenario, Check(scenario, legs))
        {
            Snapshot = scenario.Snapshot is null ? [] : SectionsOf(analyses),
        };
    }

    private ImmutableArray<TracedOutcome> Trace(Packet packet)
    {
        var rules = environment.For(packet.Family);
        return [.. rules.Evaluator.Trace(packet).Select(t => new TracedOutcome(t, rules.Naming?.FlowOf(packet, t.Rewrites)))];
    }

    private SnapshotSection SectionOf(Packet packet, ImmutableArray<TracedOutcome> outcomes)
    {
        var ruleset = environment.For(packet.Family).Ruleset;
        return new SnapshotSection(
            new TraceText(ruleset, omitsComments: true).Write([.. outcomes.Select(o => o.Trace)]),
            $"{PacketExpression.Format(packet)}: {Decision.Describe(ruleset, outcomes[0].Trace)}");
    }

    private ImmutableArray<SnapshotSection> SectionsOf(ImmutableArray<FlowAnalysis> analyses)
    {
        var nameWidth = FlowText.NameWidth(analyses);
        return
        [
            .. from analysis in analyses
               let ruleset = environment.For(analysis.Family).Ruleset
               let text = new FlowText(ruleset, nameWidth, namesFamily: analyses.Length > 1, omitsComments: true)
               from flow in analysis.Flows
               let decision = string.Join("; ", flow.Legs.Select(leg => $"{leg.From} -> {leg.To} {Decision.Describe(ruleset, leg.Trace)}"))
               select new SnapshotSection(text.Write(flow), $"flow {flow.Definition.Number}: {decision}"),
        ];
    }

    private ImmutableArray<Failure> Check(Scenario scenario, ImmutableArray<ImmutableArray<TracedOutcome>> packets)
    {
        var failures = ImmutableArray.CreateBuilder<Failure>();
        foreach (var expectation in scenario.Expectations)
        {
            if (expectation.IsMaybe)
            {
                if (!packets.Any(outcomes => outcomes.Any(expectation.Condition.Holds)))
                {
                    failures.Add(NeverHeld(expectation, packets));
                }
                continue;
            }
            foreach (var outcomes in packets)
            {
                if (outcomes.FirstOrDefault(o => !expectation.Condition.Holds(o)) is { } broken)
                {
                    failures.Add(FailureOf(expectation.Span, expectation.ToString(), expectation.Condition, broken));
                }
            }
        }
        return failures.DrainToImmutable();
    }

    private Failure FailureOf(TextSpan span, string expected, TraceCondition condition, TracedOutcome outcome)
    {
        var packet = outcome.Trace.Packet;
        return new Failure(span, expected, condition.Actual(outcome))
        {
            Witness = PacketExpression.Format(packet),
            Details =
            [
                Decision.Describe(environment.For(packet.Family).Ruleset, outcome.Trace),
                .. outcome.Trace.Assumptions.Select(a => $"assumed that {a}"),
            ],
        };
    }

    private static Failure NeverHeld(Expectation expectation, ImmutableArray<ImmutableArray<TracedOutcome>> packets)
    {
        var actual = packets.SelectMany(outcomes => outcomes).Select(expectation.Condition.Actual).Distinct();
        return new Failure(expectation.Span, expectation.ToString(), string.Join("; or ", actual));
    }
}
