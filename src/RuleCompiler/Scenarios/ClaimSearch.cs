using System.Collections.Immutable;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Scenarios.Conditions;

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
    private readonly CellParts _parts;

    /// <param name="environment">The dumps.</param>
    /// <param name="family">The family.</param>
    /// <param name="claims">Every claim that will be asked about.</param>
    /// <param name="cancellation">Ends the work.</param>
    public ClaimSearch(ScenarioEnvironment environment, Family family, ImmutableArray<Claim> claims, CancellationToken cancellation)
    {
        _rules = environment.For(family);
        _budget = new StepBudget(MaxSteps, cancellation);
        var spaces = claims.Select(c => c.Space).OfType<SpaceExpression>().Where(s => (s.Family ?? family) == family);
        var distinctions = CellParts.Distinctions(claims.SelectMany(c => c.Conditions).Select(c => c.Condition), _rules);
        _search = new SpaceSearch(_rules.Tables, _rules.Host, spaces, _budget, distinctions: distinctions);
        _teller = new OutcomeTeller(_search.Layout, new DiffSide(environment.OwnerOf(family), family, _rules.Host));
        _conditions = new CellConditions(_search.Layout);
        _parts = new CellParts(_search.Layout, _rules);
    }

    /// <summary>Looks at every way that packets of the space go.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="space">Its space.</param>
    /// <param name="conditions">Those of its conditions that are asked about; of <c>always</c>, on at most one rule.</param>
    /// <exception cref="OutOfStepsException">The space is too large to be searched.</exception>
    public ClaimAnswer Prove(Claim claim, SpaceExpression space, ImmutableArray<Expectation> conditions)
    {
        _budget.Reset();
        var onRules = conditions.Where(c => !c.Condition.Rules.IsEmpty).ToImmutableArray();
        var cells = claim.IsNever ? CellsMeeting(space, onRules) : _search.Run(space, onRules is [var only] ? only.Condition.Rules[0] : null);
        var asked = claim.IsNever ? conditions.RemoveRange(onRules) : conditions;
        string? undecided = null;
        foreach (var cell in cells)
        {
            // Never: a packet that meets all of them refutes. Always: one that misses any.
            var suspects = asked.Where(c => _conditions.Decide(c.Condition, cell) is var holds && (claim.IsNever ? holds != false : holds != true))
                .ToImmutableArray();
            if (claim.IsNever ? suspects.Length < asked.Length : suspects.IsEmpty)
            {
                continue;
            }
            var answer = Judge(claim, claim.IsNever ? conditions : suspects, cell);
            if (answer.Failure is not null)
            {
                return answer;
            }
            undecided ??= answer.Undecided;
        }
        return new ClaimAnswer(null, undecided);
    }

    /// <summary>Ways that match each of some rules, or pass by, as conditions on them say; one search after the other.</summary>
    private IEnumerable<PacketCell> CellsMeeting(SpaceExpression space, ImmutableArray<Expectation> onRules)
    {
        if (onRules.IsEmpty)
        {
            return _search.Run(space);
        }
        var cells = Meeting(_search.Run(space, onRules[0].Condition.Rules[0]), onRules[0]);
        foreach (var condition in onRules.Skip(1))
        {
            var before = cells.ToList(); // a search ends the one before
            cells = before.SelectMany(cell => Meeting(_search.Run(cell, condition.Condition.Rules[0]), condition));
        }
        return cells;
    }

    private IEnumerable<PacketCell> Meeting(IEnumerable<PacketCell> cells, Expectation condition) =>
        cells.Where(cell => _conditions.Decide(condition.Condition, cell) == true);

    /// <summary>A failure by a packet of the cell; without one, whether packets that were tried speak for all of them.</summary>
    private ClaimAnswer Judge(Claim claim, ImmutableArray<Expectation> suspects, PacketCell cell)
    {
        var unknowns = _search.UnknownsOf(cell);
        var open = suspects.Select(s => s.Condition).Where(c => c.Rules.IsEmpty && _conditions.Decide(c, cell) is null).ToImmutableArray();
        var parts = _parts.Of(cell, open);
        var isDecided = parts is not null;
        ulong[]? untold = null;
        foreach (var part in parts ?? [cell.Box])
        {
            var (broken, isTold) = Try(claim, suspects, cell, part, unknowns, isDecided);
            // Where no packet comes to this end, routing may lose those tried, and not others.
            foreach (var piece in broken is null && !isTold ? _parts.OfRouting(part) : [])
            {
                (broken, var isPieceTold) = Try(claim, suspects, cell, piece, unknowns, isDecided);
                isTold = isPieceTold;
                if (!isTold && _parts.OfPicks(cell, piece) is { } picks)
                {
                    // One that does not come to this end had something else picked for it.
                    broken = picks.Select(pick => Try(claim, suspects, cell, pick, unknowns, isOneEnough: true).Broken).FirstOrDefault(b => b is not null);
                    isTold = true;
                }
                isTold = isTold || IsNone(cell, unknowns.Complete(_search.Witnesses.Pick(piece, 0)), unknowns.Untold);
                if (broken is not null || !isTold)
                {
                    break;
                }
            }
            if (broken is not null)
            {
                return new ClaimAnswer(broken, null);
            }
            isDecided &= isTold;
            untold ??= isTold ? null : part;
        }
        return new ClaimAnswer(null, isDecided ? null : Undecided(suspects, parts is null ? open : [], untold ?? cell.Box, unknowns));
    }

    /// <summary>Tries packets of a box: what one of them breaks, and whether any came to the cell's end.</summary>
    private (Failure? Broken, bool IsTold) Try(
        Claim claim, ImmutableArray<Expectation> suspects, PacketCell cell, ulong[] box, RegionUnknowns unknowns, bool isOneEnough)
    {
        var isTold = false;
        for (var attempt = 0; attempt < PacketsTried && !(isTold && isOneEnough); attempt++)
        {
            var packet = unknowns.Complete(_search.Witnesses.Pick(box, attempt));
            if (_teller.Show(cell.Way, packet, unknowns.Untold) is not { Lost: null } trace)
            {
                continue;
            }
            var outcome = new TracedOutcome(trace, _rules.Naming?.FlowOf(packet, trace.Rewrites));
            if (suspects.Any(s => !s.Condition.Rules.IsEmpty && s.Condition.Holds(outcome) != (claim.IsNever || _conditions.Decide(s.Condition, cell) == true)))
            {
                continue; // to the same end by another way
            }
            isTold = true;
            var broken = claim.IsNever
                ? suspects.All(s => s.Condition.Holds(outcome)) ? suspects : []
                : [.. suspects.Where(s => !s.Condition.Holds(outcome)).Take(1)];
            if (!broken.IsEmpty)
            {
                return (FailureOf(claim, broken, outcome), true);
            }
        }
        return (null, isTold);
    }

    /// <summary>
    /// Whether a packet is none of those that a claim speaks of: routing loses it, or it comes by an interface that the
    /// host does not have, and so without an address. One that is delivered here
    /// by name goes the way of those that routes deliver here, which is looked at by itself, unless its way hangs on a new address.
    /// </summary>
    private bool IsNone(PacketCell cell, Packet packet, ImmutableArray<Assumption> assumptions) =>
        (packet.InInterface is { } link && ((packet.OutInterface == "lo" && !_parts.IsRoutedByPick(cell)) || _rules.Host.Interfaces.All(i => i.Name != link)))
        || _rules.Evaluator.Trace(packet, new TraceOptions { Assumptions = assumptions }).All(trace => trace.Lost is not null);

    private string Undecided(ImmutableArray<Expectation> suspects, ImmutableArray<TraceCondition> open, ulong[] box, RegionUnknowns unknowns) => open is [var first, ..]
        ? $"whether '{first}' holds of every packet cannot be told"
        : $"no packet was found that shows whether '{suspects[0].Condition}' holds, such as {PacketExpression.Format(unknowns.Complete(_search.Witnesses.Pick(box, 0)))}";

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

    private static string Expected(Claim claim, ImmutableArray<Expectation> conditions) =>
        $"{claim.Kind} {string.Join(" and ", conditions.Select(c => c.Condition.ToString()))}";
}
