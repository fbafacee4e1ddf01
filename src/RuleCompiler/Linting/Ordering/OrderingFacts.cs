using System.Collections.Concurrent;
using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>What is proven of every rule of a ruleset: computed once, read by all analyzers of rule ordering.</summary>
internal sealed class OrderingFacts
{
    private const int PieceSize = 256;

    /// <summary>Steps that all rules of a dump may cost together, where that allows each of them more.</summary>
    private const long SharedSteps = 50_000_000;

    private readonly LintContext _context;
    private readonly CallGraph _calls;
    private readonly RuleFacts[][] _facts;
    private readonly Lazy<RuleTwins> _twins;
    private readonly SpaceRuleset _rules;
    private readonly TargetBoxes _boxes;
    private readonly Evaluator _evaluator;
    private readonly ConcurrentDictionary<int, OrderingWitness> _witnesses = [];
    private readonly Lazy<bool> _isTranslatedAtArrival;
    private readonly DeadRun?[] _runs;

    private OrderingFacts(LintContext context, SpaceRuleset rules, CallGraph calls, TargetBoxes boxes, RuleFacts[][] facts)
    {
        _context = context;
        _calls = calls;
        _facts = facts;
        _twins = new(() => new RuleTwins(context));
        _rules = rules;
        _boxes = boxes;
        _evaluator = new Evaluator(context.Tables, context.Host, context.Classifiers);
        _isTranslatedAtArrival = new(() => context.Tables.Tables.Any(table => table.Chain.Table == TableKind.Nat
            && HooksOf(table.Chain).Contains(Hook.Prerouting)
            && Array.Exists(table.Rows, row => row.Kind is ActionKind.Dnat or ActionKind.Redirect or ActionKind.Netmap)));
        _runs = [.. context.Ruleset.Chains.Select(chain => FindRun(chain.Symbol))];
    }

    /// <summary>Decides about all rules, on all cores.</summary>
    /// <param name="context">The rules.</param>
    public static OrderingFacts Of(LintContext context)
    {
        var calls = context.Calls;
        HashSet<RuleKey> remembering = [];
        Parallel.Invoke(() => remembering = RulesWithMemory(context.Ruleset), () => _ = context.Space);
        var rules = context.Space;
        var layout = rules.Layout;
        var entries = new EntrySpace(layout, hasFragments: !context.GathersFragments);
        var boxes = new TargetBoxes(rules, entries);
        var ways = new WayFinder(rules, calls, boxes);
        var isStable = StableChains.Find(rules, calls);
        var chains = context.Ruleset.Chains;
        RuleFacts[][] facts = [.. chains.Select(chain => new RuleFacts[chain.Rules.Length])];
        var all = RulePiece.Of(context.Ruleset, PieceSize);
        var pieces = all;
        var steps = StepsFor(chains.Sum(chain => chain.Rules.Length));
        Prove();
        // What a few rules need more than their share, the others have left.
        while (Undecided() is { Length: > 0 } undecided && StepsFor(undecided.Length) >= 2 * steps)
        {
            (pieces, steps) = (undecided, StepsFor(undecided.Length));
            Prove();
        }
        return new OrderingFacts(context, rules, calls, boxes, facts) { Pieces = all };

        long StepsFor(int count) => Math.Max(context.Options.StepsPerRule, SharedSteps / Math.Max(1, count));

        ImmutableArray<RulePiece> Undecided() =>
        [
            .. pieces.SelectMany(piece => piece.Rules(context.Ruleset)).Where(rule => facts[rule.Chain][rule.Rule - 1].Standing == RuleStanding.Undecided)
                .Select(rule => new RulePiece(rule.Chain, rule.Chain + 1, rule.Rule, rule.Rule + 1)),
        ];

        void Prove() => Parallel.ForEach(
            Partitioner.Create(pieces.ToArray(), loadBalance: true),
            new ParallelOptions { CancellationToken = context.Cancellation, MaxDegreeOfParallelism = context.Options.Parallelism },
            () => new RuleProver(rules, calls, boxes, ways, entries, context.Routes, isStable, steps),
            (piece, _, prover) =>
            {
                foreach (var rule in piece.Rules(context.Ruleset))
                {
                    var proven = prover.Prove(rules.Chains[rule.Chain], rule.Rule, remembering.Contains(rule));
                    facts[rule.Chain][rule.Rule - 1] = IsOrdinary(proven, context.Routes, layout, calls.HooksOf(rule.Chain)) ? RuleFacts.Needed : proven;
                }
                return prover;
            },
            _ => { });
    }

    /// <summary>All rules, for those who look at each on all cores.</summary>
    public required ImmutableArray<RulePiece> Pieces { get; init; }

    /// <summary>What is proven of a rule.</summary>
    public RuleFacts this[RuleSymbol rule] => _facts[rule.Chain.Index][rule.RuleNumber - 1];

    /// <summary>The dimensions of the witnesses.</summary>
    public SpaceLayout Layout => _rules.Layout;

    /// <summary>Shows findings by packets: the calling thread's own.</summary>
    public OrderingWitness Witnesses => _witnesses.GetOrAdd(
        Environment.CurrentManagedThreadId, _ => new OrderingWitness(_context, _rules, _boxes, _evaluator.Share()));

    /// <summary>The hooks that lead to a chain; none for a chain that nothing calls.</summary>
    public ImmutableArray<Hook> HooksOf(ChainSymbol chain) => _calls.HooksOf(chain.Index);

    /// <summary>Whether nat gives any arriving packet another destination.</summary>
    public bool IsTranslatedAtArrival => _isTranslatedAtArrival.Value;

    /// <summary>An earlier rule of the chain that says the same; null where there is none.</summary>
    public RuleSymbol? EarlierTwin(RuleSymbol rule) => _twins.Value.Find(rule);

    /// <summary>The dead rules behind the chain's first rule that takes everything; null for fewer than two.</summary>
    public DeadRun? RunBehindCatchAll(ChainSymbol chain) => _runs[chain.Index];

    /// <summary>Whether a rule is one of such a run.</summary>
    public bool IsBehindCatchAll(RuleSymbol rule) => _runs[rule.Chain.Index] is { } run && run.Rules.BinarySearch(rule.RuleNumber) >= 0;

    private DeadRun? FindRun(ChainSymbol chain)
    {
        var catchAll = Array.FindIndex(_context.Tables.Tables[chain.Index].Rows, row => row.PredicateCount == 0 && TakesAll(row.Kind));
        if (catchAll < 0 || _calls.HooksOf(chain.Index).IsEmpty)
        {
            return null;
        }
        var number = _context.Tables.Tables[chain.Index].Rows[catchAll].RuleNumber;
        var facts = _facts[chain.Index];
        var behind = Enumerable.Range(number + 1, facts.Length - number)
            .Where(rule => facts[rule - 1].Standing == RuleStanding.Shadowed).ToImmutableArray();
        return behind.Length < 2 ? null : new DeadRun(chain, number, behind);
    }

    /// <summary>Whether no analyzer asks more about a rule than that it is needed: its witness need not be kept.</summary>
    private static bool IsOrdinary(RuleFacts facts, RouteFacts routes, SpaceLayout layout, ImmutableArray<Hook> hooks) =>
        facts is { Standing: RuleStanding.Needed, IsIdleJump: false, Witness: { } witness }
        && !OtherRouteAnalyzer.IsExcluded(routes, layout, hooks, witness.Box);

    private static bool TakesAll(ActionKind kind) =>
        kind is not (ActionKind.Continue or ActionKind.Notrack or ActionKind.Jump or ActionKind.Unknown);

    /// <summary>Rules that write down what they have seen, and those that keep it together with others.</summary>
    private static HashSet<RuleKey> RulesWithMemory(BoundRuleset ruleset)
    {
        var remembering = new HashSet<RuleKey>();
        var firsts = new Dictionary<string, RuleKey>();
        foreach (var chain in ruleset.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                var key = new RuleKey(chain.Symbol.Index, rule.Number);
                foreach (var match in rule.Matches)
                {
                    if (match.Extension.HasMemory(match))
                    {
                        remembering.Add(key);
                    }
                    if (match.Extension.SharedMemory(match) is { } name && !firsts.TryAdd(name, key))
                    {
                        remembering.Add(key);
                        remembering.Add(firsts[name]);
                    }
                }
            }
        }
        return remembering;
    }
}
