using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation.Classifier;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Linting.Sidecar;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>What analyzers look at: one family of a dump, its machine, and the facts that several of them need.</summary>
internal sealed class LintContext(Compilation compilation, Family family, LintOptions options, CancellationToken cancellation)
{
    private readonly ConcurrentQueue<Undecided> _undecided = [];
    private Lazy<OrderingFacts>? _ordering;
    private Lazy<SpaceRuleset>? _space;
    private Lazy<ChainClassifiers>? _classifiers;
    private Lazy<StoppingRows>? _stops;
    private Lazy<MarkWriters>? _markWriters;
    private Lazy<RouteFacts>? _routes;
    private Lazy<HostJourneys>? _journeys;
    private Lazy<HostPackets>? _packets;
    private Dictionary<(TableKind Table, string Name), BoundChain>? _chains;
    private Lazy<Mesh?>? _mesh;

    public Compilation Compilation { get; } = compilation;

    public Family Family { get; } = family;

    public LintOptions Options { get; } = options;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The other dumps of the run, in its order; one of them may be this host's other family.</summary>
    public ImmutableArray<Compilation> Others { get; init; } = [];

    /// <summary>The bound rules.</summary>
    public BoundRuleset Ruleset { get; } = compilation.GetRuleset(family)
        ?? throw new ArgumentException("The dump has no section of this family", nameof(family));

    /// <summary>The decision tables.</summary>
    public CompiledRuleset Tables { get; } = compilation.GetTables(family)
        ?? throw new ArgumentException("The dump has no section of this family", nameof(family));

    /// <summary>The machine given, or inferred.</summary>
    public HostFacts Host
    {
        get => Options.Host ?? (field ??= Evaluation.HostInference.Infer(Compilation));
        init;
    }

    /// <summary>Whether facts about the machine were given, rather than inferred from the dump.</summary>
    public bool IsHostGiven => Options.Host is not null;

    /// <summary>Whether fragments are put together before rules see them.</summary>
    public bool GathersFragments => Tables.GathersFragmentsOn(Host);

    /// <summary>Which rules call which chain.</summary>
    public CallGraph Calls
    {
        get => field ??= new CallGraph(Ruleset);
        init;
    }

    /// <summary>What is proven of each rule.</summary>
    public OrderingFacts Ordering => Once(ref _ordering, static context => OrderingFacts.Of(context));

    /// <summary>The rules as boxes, over what they alone tell apart.</summary>
    public SpaceRuleset Space => Once(
        ref _space, static context => new SpaceRuleset(context.Tables, SpaceLayout.Of(context.Tables), new UnknownTable()).Indexed());

    /// <summary>For every evaluator of the rules: long chains are searched by their boxes.</summary>
    public ChainClassifiers Classifiers => Once(
        ref _classifiers,
        static context => new ChainClassifiers(context.Tables, finderAtHand: table => SpaceRowFinder.Create(context.Space, table)));

    /// <summary>Carries sets of packets through the whole host.</summary>
    public HostJourneys Journeys => Once(ref _journeys, static context => new HostJourneys(context));

    /// <summary>By which interfaces the host's packets leave.</summary>
    public RouteFacts Routes => Once(ref _routes, static context => new RouteFacts(context));

    /// <summary>The packets that every host lives by. Serve one thread at a time.</summary>
    public HostPackets Packets => Once(ref _packets, static context => new HostPackets(context));

    /// <summary>What may stop new packets.</summary>
    public StoppingRows Stops => Once(ref _stops, static context => new StoppingRows(context.Tables));

    /// <summary>What writes over marks.</summary>
    public MarkWriters MarkWriters => Once(ref _markWriters, static context => new MarkWriters(context.Tables));

    /// <summary>What was given up so far.</summary>
    public IEnumerable<Undecided> Undecided => _undecided;

    /// <summary>Says that a proof about a rule took more steps than allowed; from any thread.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="question">What was asked: <c>whether a packet can reach it</c>.</param>
    public void GiveUp(RuleSymbol rule, string question) => _undecided.Enqueue(new Undecided(LocationOf(rule), question));

    /// <summary>Says the same of a proof about the rules as a whole.</summary>
    public void GiveUp(string question) =>
        _undecided.Enqueue(new Undecided(this.LineLocation(Ruleset.TableSymbols.Select(table => table.Line).FirstOrDefault(1)), question));

    /// <summary>The mesh whose rules these are; null where there is none.</summary>
    public Mesh? Mesh => Once(ref _mesh, static context => MeshFinder.Find(context));

    /// <summary>The chain of a name; null where there is none.</summary>
    public BoundChain? FindChain(TableKind table, string name) =>
        (_chains ??= Ruleset.Chains.ToDictionary(chain => (chain.Symbol.Table, chain.Symbol.Name))).GetValueOrDefault((table, name));

    /// <summary>The rule at a place.</summary>
    public BoundRule RuleAt(RuleSymbol rule) => Ruleset.Chains[rule.Chain.Index].Rules[rule.RuleNumber - 1];

    /// <summary>Whether a rule asks for one of some fields, in whatever way.</summary>
    public bool Names(RuleSymbol rule, params ReadOnlySpan<PacketField> fields)
    {
        if (Tables.Tables[rule.Chain.Index].FindRow(rule.RuleNumber) is not { } row)
        {
            return false;
        }
        foreach (var reference in Tables.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            if (Tables.Predicates[reference >> 1].Field is { } field && fields.Contains(field))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Where a rule stands in the dump.</summary>
    public Location LocationOf(RuleSymbol rule) => new(Compilation.Tree.Text, RuleAt(rule).Span);

    /// <summary>A fact that is found when first asked for, by whichever thread asks first; others wait for it.</summary>
    private T Once<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
        ref Lazy<T>? fact, Func<LintContext, T> find) => (fact ?? Prepare(ref fact, find)).Value;

    private Lazy<T> Prepare<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
        ref Lazy<T>? fact, Func<LintContext, T> find)
    {
        var mine = new Lazy<T>(() => find(this));
        return Interlocked.CompareExchange(ref fact, mine, null) ?? mine;
    }
}
