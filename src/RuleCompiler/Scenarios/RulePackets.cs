using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Finds packets that together meet every rule of a dump that any packet meets.</summary>
/// <remarks>
/// Most rules are met by a corner of what they ask for: one trace shows that, and every other rule on its way needs no
/// packet of its own. For what is left the chains of a hook are searched, which proves dead most rules that are; and whole
/// ways only where that finds packets which other hooks change.
/// </remarks>
internal sealed class RulePackets
{
    private const long StepsAQuestion = 1_000_000;

    /// <summary>After so many searches of whole ways without an answer in time, no more is begun.</summary>
    private const int MostGivenUp = 50;

    private const int GuessesTried = 2;
    private const int CellsTried = 8;
    private const int MostCells = 1000;
    private const int PacketsTried = 4;
    private const int MostTooUnknown = 2;

    /// <summary>After so many rules that were left out for it, packets with many possible outcomes are not worth the time.</summary>
    private const int MostTracedWhole = 50;

    private static readonly SpaceExpression Sent = All("* * -> *");
    private static readonly SpaceExpression Arriving = All("* * -> * in *");

    private readonly TraceOptions _brief = new() { MaxOutcomes = 64 };
    private readonly BoundRuleset _ruleset;
    private readonly Evaluator _evaluator;
    private readonly StepBudget _budget;
    private readonly SpaceSearch _search;
    private readonly RuleArrivals _arrivals;
    private readonly Dictionary<(TableKind Table, string Name), int> _chains;
    private readonly bool[][] _isMet;

    /// <summary>Whether packets can be given what decides an unknown, so that looking on may be worth it.</summary>
    private readonly bool _hasTold;

    private readonly List<RuleKey> _met = [];
    private readonly Dictionary<RuleKey, (int Count, int Last)> _outcomes = [];
    private int _givenUp;

    /// <param name="ruleset">The rules as they are bound.</param>
    /// <param name="rules">The same as they are evaluated.</param>
    /// <param name="cancellation">Ends the work.</param>
    public RulePackets(BoundRuleset ruleset, FamilyRules rules, CancellationToken cancellation)
    {
        (_ruleset, _evaluator) = (ruleset, rules.Evaluator);
        _budget = new StepBudget(StepsAQuestion, cancellation);
        _search = new SpaceSearch(rules.Tables, rules.Host, [Sent, Arriving], _budget);
        _arrivals = new RuleArrivals(
            ruleset, _search.Rules, hasFragments: !rules.Tables.GathersFragmentsOn(rules.Host), _budget);
        _chains = ruleset.Chains.ToDictionary(chain => (chain.Symbol.Table, chain.Symbol.Name), chain => chain.Symbol.Index);
        _isMet = [.. ruleset.Chains.Select(chain => new bool[chain.Rules.Length])];
        _hasTold = _search.Rules.UnknownTable.All().Any(unknown => unknown.Condition is { } condition && WitnessFacts.IsTold(condition));
    }

    /// <summary>How many rules have only packets with too many possible outcomes to be traced.</summary>
    public int TooUnknown { get; private set; }

    /// <summary>Rules of which it was not decided in time whether any packet meets them.</summary>
    public List<RuleReference> Undecided { get; } = [];

    /// <summary>The packets, found one after the other, in the order of the rules.</summary>
    /// <exception cref="OperationCanceledException">The work is to end.</exception>
    public IEnumerable<RulePacket> Find()
    {
        foreach (var chain in _ruleset.Chains)
        {
            for (var rule = 1; rule <= chain.Rules.Length; rule++)
            {
                if (!_isMet[chain.Symbol.Index][rule - 1] && Find(new RuleKey(chain.Symbol.Index, rule)) is { } found)
                {
                    foreach (var (met, _) in found.Hits)
                    {
                        _isMet[_chains[(met.Table, met.Chain)]][met.Rule - 1] = true;
                    }
                    yield return found;
                }
            }
        }
    }

    private RulePacket? Find(RuleKey rule)
    {
        if (_arrivals.HooksOf(rule).IsEmpty || !_arrivals.IsSatisfiable(rule))
        {
            return null;
        }
        var question = new Question(rule, ReferenceTo(rule));
        if (Ask(question, Guesses(question)) || Ask(question, InHooks(question)) || question.Best is not null)
        {
            return question.Best;
        }
        if ((question.IsArrivalFound || question.IsOutOfSteps) && !question.IsTooUnknown && SearchWays(question))
        {
            return question.Best;
        }
        if (question.IsTooUnknown)
        {
            TooUnknown++;
        }
        else if (question.IsOutOfSteps)
        {
            _givenUp++;
            Undecided.Add(question.Place);
        }
        return null;
    }

    /// <summary>Corners of what the rule and those that lead to it ask for.</summary>
    private IEnumerable<Packet> Guesses(Question question) =>
        from way in _arrivals.Guess(question.Rule)
        from box in way.Boxes.Take(GuessesTried)
        select Pick(way.Hook, box, 0);

    /// <summary>Packets that get to the rule in its hooks; what comes behind the first ones of a hook is seldom met either.</summary>
    private IEnumerable<Packet> InHooks(Question question)
    {
        var counts = new int[NetfilterNames.Hooks.Length];
        foreach (var (hook, cell) in _arrivals.Find(question.Rule))
        {
            question.IsArrivalFound = true;
            if (counts.Sum() > MostCells)
            {
                yield break;
            }
            if (counts[(int)hook]++ > CellsTried)
            {
                continue;
            }
            var unknowns = new RegionUnknowns([cell], _search.Rules.UnknownTable, _ruleset.Family);
            for (var attempt = 0; attempt < PacketsTried; attempt++)
            {
                yield return unknowns.Complete(Pick(hook, cell.Box, attempt));
            }
        }
    }

    /// <summary>Searches whole ways, of packets that arrive and of those that this host sends.</summary>
    /// <returns>Whether a packet is found; where none is, the question knows whether that is a proof.</returns>
    private bool SearchWays(Question question)
    {
        question.IsOutOfSteps = false;
        var hooks = _arrivals.HooksOf(question.Rule);
        foreach (var space in (SpaceExpression[])(hooks is [Hook.Forward] ? [Arriving] : hooks is [Hook.Output] ? [Sent] : [Arriving, Sent]))
        {
            if (_givenUp >= MostGivenUp)
            {
                question.IsOutOfSteps = true;
            }
            else if (Ask(question, OnWays(question, space)) || question.Best is not null)
            {
                return true;
            }
        }
        return false;
    }

    private IEnumerable<Packet> OnWays(Question question, SpaceExpression space)
    {
        foreach (var cell in _search.Run(space, question.Place).Where(cell => cell.IsHit))
        {
            var unknowns = _search.UnknownsOf(cell);
            for (var attempt = 0; attempt < PacketsTried; attempt++)
            {
                yield return unknowns.Complete(_search.Witnesses.Pick(cell.Box, attempt));
            }
        }
    }

    /// <summary>A packet of a box at a hook. One that has just arrived may go wherever routes lead.</summary>
    private Packet Pick(Hook hook, ulong[] box, int attempt)
    {
        var packet = _search.Witnesses.Pick(box, attempt);
        return hook == Hook.Prerouting ? packet with { OutInterface = null } : packet;
    }

    /// <returns>Whether one of the packets answers the question as well as any can.</returns>
    private bool Ask(Question question, IEnumerable<Packet> packets)
    {
        _budget.Reset();
        try
        {
            foreach (var packet in packets)
            {
                if (question.TooUnknownCount >= MostTooUnknown)
                {
                    break;
                }
                if (Trace(packet, question) is var (found, isAlways))
                {
                    question.Best = isAlways ? found : question.Best ?? found;
                    if (isAlways || !_hasTold)
                    {
                        return true;
                    }
                }
            }
        }
        catch (OutOfStepsException)
        {
            question.IsOutOfSteps = true;
        }
        return false;
    }

    /// <summary>The packet with the rules that it meets first, and whether it always meets the one asked for; null where it never does.</summary>
    private (RulePacket Packet, bool IsAlways)? Trace(Packet packet, Question question)
    {
        ImmutableArray<Trace> traces;
        try
        {
            traces = _evaluator.Trace(packet, TooUnknown < MostTracedWhole ? TraceOptions.Default : _brief);
        }
        catch (EvaluationLimitException)
        {
            question.TooUnknownCount++;
            return null;
        }
        _met.Clear();
        _outcomes.Clear();
        for (var outcome = 0; outcome < traces.Length; outcome++)
        {
            foreach (var step in traces[outcome].Steps)
            {
                if (step.Rule is { } number)
                {
                    Count(new RuleKey(_chains[(step.Table, step.Chain)], number), outcome);
                }
            }
        }
        if (!_outcomes.TryGetValue(question.Rule, out var own))
        {
            return null;
        }
        var hits = ImmutableArray.CreateBuilder<(RuleReference, bool)>(_met.Count);
        foreach (var rule in _met)
        {
            var isAlways = _outcomes[rule].Count == traces.Length;
            if (rule == question.Rule || (!_isMet[rule.Chain][rule.Rule - 1] && (isAlways || !_hasTold)))
            {
                hits.Add((ReferenceTo(rule), isAlways));
            }
        }
        return (new RulePacket(packet, question.Place, hits.DrainToImmutable()), own.Count == traces.Length);
    }

    private void Count(RuleKey rule, int outcome)
    {
        if (!_outcomes.TryGetValue(rule, out var known))
        {
            _met.Add(rule);
            _outcomes.Add(rule, (1, outcome));
        }
        else if (known.Last != outcome)
        {
            _outcomes[rule] = (known.Count + 1, outcome);
        }
    }

    private RuleReference ReferenceTo(RuleKey rule)
    {
        var chain = _ruleset.Chains[rule.Chain].Symbol;
        return new RuleReference(chain.Table, chain.Name, rule.Rule);
    }

    private static SpaceExpression All(string text) => SpaceExpression.Parse(SourceText.From(text)).Space
        ?? throw new InvalidOperationException("the space of all packets cannot be read");

    /// <summary>What is known of a rule that a packet is looked for.</summary>
    private sealed class Question(RuleKey rule, RuleReference place)
    {
        public RuleKey Rule { get; } = rule;

        public RuleReference Place { get; } = place;

        /// <summary>The best packet so far: one that meets the rule whatever the unknowns are, else perhaps.</summary>
        public RulePacket? Best { get; set; }

        /// <summary>Whether packets of some hook get to the rule.</summary>
        public bool IsArrivalFound { get; set; }

        public bool IsOutOfSteps { get; set; }

        /// <summary>Packets that have too many possible outcomes.</summary>
        public int TooUnknownCount { get; set; }

        public bool IsTooUnknown => TooUnknownCount > 0;
    }
}
