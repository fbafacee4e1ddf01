using System.Collections.Immutable;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Scenarios;

/// <summary>Asks the rules of one family about claims.</summary>
internal sealed class ClaimSearch
{
    private const long MaxSteps = 50_000_000;
    private const int PacketsTried = 8;

    private readonly FamilyRules _rules;
    private readonly StepBudget _budget;
    private readonly SpaceSearch _search;
    private readonly OutcomeTeller _teller;
    private readonly CellConditions _conditions;

    /// <param name="environment">The dumps.</param>
    /// <param name="family">The family.</param>
    /// <param name="spaces">Every space that will be asked about.</param>
    /// <param name="cancellation">Ends the work.</param>
    public ClaimSearch(ScenarioEnvironment environment, Family family, IEnumerable<SpaceExpression> spaces, CancellationToken cancellation)
    {
        _rules = environment.For(family);
        _budget = new StepBudget(MaxSteps, cancellation);
        _search = new SpaceSearch(_rules.Tables, _rules.Host, spaces, _budget);
        _teller = new OutcomeTeller(_search.Layout, new DiffSide(environment.OwnerOf(family), family, _rules.Host));
        _conditions = new CellConditions(_search.Layout);
    }

    /// <summary>Looks at every way that packets of the space go.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="space">Its space.</param>
    /// <param name="conditions">Those of its conditions that are asked about, on at most one rule.</param>
    /// <exception cref="OutOfStepsException">The space is too large to be searched.</exception>
    public ClaimAnswer Prove(Claim claim, SpaceExpression space, ImmutableArray<Expectation> conditions)
    {
        RuleReference[] rules = [.. conditions.SelectMany(c => c.Condition.Rules).Distinct()];
        if (rules.Length > 1)
        {
            return new ClaimAnswer(null, "a claim can follow one rule; it has conditions on more");
        }
        _budget.Reset();
        string? undecided = null;
        foreach (var cell in _search.Run(space, rules is [var rule] ? rule : null))
        {
            // Never: a packet that meets all of them refutes. Always: one that misses any.
            var suspects = conditions.Where(c => _conditions.Decide(c.Condition, cell) is var holds && (claim.IsNever ? holds != false : holds != true))
                .ToImmutableArray();
            if (claim.IsNever ? suspects.Length < conditions.Length : suspects.IsEmpty)
            {
                continue;
            }
            var (failure, isProved) = Judge(claim, suspects, cell);
            if (failure is not null)
            {
                return new ClaimAnswer(failure, null);
            }
            if (!isProved)
            {
                undecided ??= $"whether '{suspects.First(s => _conditions.Decide(s.Condition, cell) is null).Condition}' holds of every packet cannot be told";
            }
        }
        return new ClaimAnswer(null, undecided);
    }

    /// <summary>A failure by a packet of the cell; without one, whether that packet speaks for all of them.</summary>
    private (Failure? Failure, bool IsProved) Judge(Claim claim, ImmutableArray<Expectation> suspects, PacketCell cell)
    {
        var isCertain = claim.IsNever
            ? suspects.All(s => _conditions.Decide(s.Condition, cell) == true)
            : suspects.Any(s => _conditions.Decide(s.Condition, cell) == false);
        var isSame = suspects.All(s => _conditions.Decide(s.Condition, cell) is not null || _conditions.IsSameForAll(s.Condition, cell));
        var assumptions = _search.AssumptionsOf(cell);
        for (var attempt = 0; attempt < PacketsTried; attempt++)
        {
            var packet = _search.Witnesses.Pick(cell.Box, attempt);
            if (_teller.Show(cell.Way, packet, assumptions) is not { } trace)
            {
                continue;
            }
            var outcome = new TracedOutcome(trace, _rules.Naming?.FlowOf(packet, trace.Rewrites));
            var broken = claim.IsNever
                ? suspects.All(s => s.Condition.Holds(outcome)) ? suspects : []
                : [.. suspects.Where(s => !s.Condition.Holds(outcome)).Take(1)];
            if (!broken.IsEmpty)
            {
                return (FailureOf(claim, broken, outcome), false);
            }
            if (isSame && !isCertain)
            {
                return (null, true);
            }
        }
        return (isCertain ? FailureWithoutTrace(claim, suspects, cell) : null, false);
    }

    private Failure FailureOf(Claim claim, ImmutableArray<Expectation> broken, TracedOutcome outcome)
    {
        var text = new TraceText(_rules.Ruleset, omitsComments: true).Lines([outcome.Trace]);
        return new Failure(
            claim.IsNever ? claim.Name.Span : broken[0].Span,
            Expected(claim, broken),
            string.Join(", ", broken.Select(b => b.Condition.Actual(outcome)).Distinct()))
        {
            Witness = PacketExpression.Format(outcome.Trace.Packet),
            Details = [Decision.Describe(_rules.Ruleset, outcome.Trace), .. text.Skip(1).Select(line => line.Text)],
        };
    }

    /// <summary>Where the packet that shows it is of a kind that cannot be traced, such as a later fragment.</summary>
    private Failure FailureWithoutTrace(Claim claim, ImmutableArray<Expectation> suspects, PacketCell cell) => new(
        claim.IsNever ? claim.Name.Span : suspects[0].Span, Expected(claim, suspects), $"verdict {cell.Verdict.Name()}")
    {
        Witness = PacketExpression.Format(_search.Witnesses.Pick(cell.Box, 0)),
        Details = [.. _search.AssumptionsOf(cell).Select(a => $"assumed that {a}")],
    };

    private static string Expected(Claim claim, ImmutableArray<Expectation> conditions) =>
        $"{claim.Kind} {string.Join(" and ", conditions.Select(c => c.Condition.ToString()))}";
}
