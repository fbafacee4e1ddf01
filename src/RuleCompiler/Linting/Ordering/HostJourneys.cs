using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Carries sets of packets through the whole host, with nat and without: what checks ask that are about more than one hook.</summary>
/// <remarks>Made once for the checks of a family that need it, and only then. Serves one thread at a time, from <see cref="Begin"/> on.</remarks>
internal sealed class HostJourneys
{
    private static readonly SpaceExpression Arriving4 = Parse("* !127.0.0.0/8 -> !127.0.0.0/8 in !lo state NEW");
    private static readonly SpaceExpression Arriving6 = Parse("* !::1 -> !::1 in !lo state NEW");

    private static readonly SpaceExpression AllOpenings = Parse("* * -> * in * state NEW");

    private readonly Lock _turn = new();
    private readonly SpaceExpression _arriving;
    private readonly JourneySpace _space;
    private readonly StepBudget _budget;
    private readonly EntrySpace _entries;
    private readonly CallGraph _calls;
    private readonly TargetBoxes _boxes;
    private readonly CellWalker[] _walkers;
    private readonly Lazy<ArrivalFinder> _arrivals;
    private readonly JourneyWalker _journey;
    private readonly JourneyWalker _journeyWithoutNat;
    private readonly Lazy<JourneyWalker> _following; // of its own, since it is asked in the midst of arrivals
    private readonly WitnessPicker _picker;
    private readonly Routing _routing;

    public HostJourneys(LintContext context)
    {
        _arriving = context.Family == Family.IPv4 ? Arriving4 : Arriving6;
        Layout = JourneyWalker.LayoutOf(
            [context.Tables],
            [context.Host],
            [_arriving.Condition, .. context.Routes.Known.SelectMany(route => ConditionsOf(route.Destinations, route.Interface))]);
        Rules = new SpaceRuleset(context.Tables, Layout, new UnknownTable()).Indexed();
        var hasFragments = !context.GathersFragments;
        _space = new JourneySpace(Layout, hasFragments);
        _budget = new StepBudget(context.Options.StepsPerRule, context.Cancellation);
        _calls = context.Calls;
        _entries = new EntrySpace(Layout, hasFragments);
        _boxes = new TargetBoxes(Rules, _entries);
        _walkers = [.. NetfilterNames.Hooks.Select(hook => new CellWalker(Rules, hook, _budget))];
        _arrivals = new(() => new ArrivalFinder(Rules, _calls, _boxes, new WayFinder(Rules, _calls, _boxes), new ListProver(Rules, StableChains.Find(Rules, _calls), _budget), _walkers));
        _routing = Routing.Of(context.Host);
        _journey = new JourneyWalker(Rules, _space, context.Host, _budget);
        _journeyWithoutNat = new JourneyWalker(Rules, _space, context.Host, _budget) { IsWithoutNat = true };
        _following = new(() => new JourneyWalker(Rules, _space, context.Host, _budget));
        _picker = new WitnessPicker(Layout, context.Host);
    }

    public SpaceLayout Layout { get; }

    public SpaceRuleset Rules { get; }

    /// <summary>127.0.0.0/8, or ::1.</summary>
    public static Interval LoopbackNetwork(Family family) =>
        family == Family.IPv4 ? new Interval(0x7F000000, 0x7FFFFFFF) : new Interval(1, 1);

    /// <summary>Begins another question, which may cost as much as one about a rule, once no other thread is at one.</summary>
    public Lock.Scope Begin()
    {
        var turn = _turn.EnterScope();
        _budget.Reset();
        return turn;
    }

    /// <summary>The boxes of first packets that come from outside.</summary>
    public IReadOnlyList<ulong[]> Arriving => field ??= _space.Limit(_arriving.Condition) ?? throw new InvalidOperationException();

    /// <summary>The boxes of packets that enter a hook and satisfy a rule's own options, as far as these can be told there.</summary>
    public List<ulong[]> OfRule(Hook hook, RuleSymbol rule) => _boxes.OfRule(hook, Rules.Chains[rule.Chain.Index], rule.RuleNumber);

    /// <summary>The boxes of first packets that arrive, by <c>lo</c> too.</summary>
    public IReadOnlyList<ulong[]> Openings => field ??= _space.Limit(AllOpenings.Condition) ?? throw new InvalidOperationException();

    /// <summary>The boxes of entering packets that may get to a rule, hook by hook.</summary>
    public IEnumerable<(Hook Hook, List<ulong[]> Boxes)> WaysTo(RuleSymbol rule)
    {
        var chain = Rules.Chains[rule.Chain.Index];
        _arrivals.Value.Begin(chain);
        return _arrivals.Value.Ways(chain, KeyOf(rule));
    }

    /// <summary>A cell of a box at a hook that gets to a rule, and stands before it.</summary>
    public Cell? FirstHit(Hook hook, ulong[] box, RuleSymbol rule) => _arrivals.Value.FirstHit(hook, box, KeyOf(rule));

    /// <summary>Every cell that gets to a rule, and stands before it.</summary>
    public IEnumerable<(Hook Hook, Cell Cell)> Hits(RuleSymbol rule)
    {
        var chain = Rules.Chains[rule.Chain.Index];
        _arrivals.Value.Begin(chain);
        return _arrivals.Value.Hits(chain, KeyOf(rule));
    }

    /// <summary>How packets leave a base chain, whatever comes before it.</summary>
    public IEnumerable<Cell> EndsOf(ChainSymbol chain)
    {
        var hook = chain.Hook ?? throw new ArgumentException("no base chain", nameof(chain));
        foreach (var box in _entries.At(hook))
        {
            var walker = WalkerAt(hook);
            walker.IsLocal = true;
            walker.EnterChain(Rules.Chains[chain.Index], box);
            while (walker.MoveNext() is { } cell)
            {
                yield return cell;
            }
        }
    }

    /// <summary>The walker of a hook, for a question of one's own; the next question about arrivals takes it.</summary>
    public CellWalker WalkerAt(Hook hook)
    {
        var walker = _walkers[(int)hook];
        walker.Clear();
        return walker;
    }

    /// <summary>The first packets of connections in a hook's box, as they enter the host: of those that arrive, the way out is not told yet.</summary>
    /// <returns>Null where there are none.</returns>
    public ulong[]? Opening(Hook hook, ulong[] box)
    {
        var (state, output) = (Layout[PacketField.ConntrackState], Layout[PacketField.OutInterface]);
        ulong[] opening = [.. box];
        opening[state.Index] = Boxes.Meet(box[state.Index], state.CodeOf(state.ClassOf((int)ConntrackState.New)), state.IsNarrow);
        if (hook == Hook.Prerouting)
        {
            opening[output.Index] = output.Full;
        }
        return opening[state.Index] == Boxes.Nothing ? null : opening;
    }

    /// <summary>What becomes of the packets of a box on their whole way.</summary>
    /// <param name="box">A part of the entering packets.</param>
    /// <param name="isWithoutNat">Whether nat is passed by.</param>
    /// <param name="rule">A rule: cells that match it are marked as hit.</param>
    /// <param name="given">Unknowns that another way of the same packets has chosen.</param>
    /// <returns>Computed one after the other; the next call of its kind ends the last one's.</returns>
    public IEnumerable<Cell> Run(ulong[] box, bool isWithoutNat = false, RuleSymbol? rule = null, Assumed? given = null)
    {
        var walker = isWithoutNat ? _journeyWithoutNat : _journey;
        walker.Target = rule is { } target ? KeyOf(target) : null;
        return walker.Run([.. box], given);
    }

    /// <summary>What becomes of packets from where they stand, hook by hook.</summary>
    /// <param name="hook">The hook that they are in.</param>
    /// <param name="cell">The packets; it is taken over.</param>
    /// <param name="skipped">A rule that is not there.</param>
    /// <param name="endsAtRoutes">Whether they are followed no further than to where routing asks for marks.</param>
    /// <param name="acting">Told of each rule that does something to them, before it does.</param>
    /// <returns>Computed one after the other, also while <see cref="Hits"/> are.</returns>
    public IEnumerable<Cell> Follow(Hook hook, Cell cell, RuleSymbol skipped, bool endsAtRoutes, Action<Cell, RuleKey> acting)
    {
        var walker = _following.Value;
        (walker.Skipped, walker.EndsAtRoutes, walker.Acting) = (KeyOf(skipped), endsAtRoutes, acting);
        return walker.Continue(cell, hook);
    }

    /// <summary>Whether a cell at its end was sent on to another host, under another destination.</summary>
    public bool IsForwardedElsewhere(Cell cell) =>
        cell.Changes?[Layout[PacketField.Destination].Index] is not null
        && cell.Changes[Layout[PacketField.OutInterface].Index] is { } way && !IsNone(way);

    /// <summary>Whether the new destination of packets is the one they had: at most their port has changed.</summary>
    public bool KeepsDestination(Cell cell) => KeptDestination(cell) is not null;

    /// <summary>
    /// Whether packets that arrived and keep their destination went the way that the host's routes have for it; of an
    /// opening's packets any way is possible. True of all others.
    /// </summary>
    public bool IsRoutedAsHostDoes(Cell cell)
    {
        var (input, output) = (Layout[PacketField.InInterface], Layout[PacketField.OutInterface]);
        if (cell.Box[input.Index] == input.CodeOf(input.ClassOf(0)) || KeptDestination(cell) is not { } kept)
        {
            return true;
        }
        var way = _routing.Find(kept, 0) switch
        {
            { Kind: RouteKind.Local } => output.ClassOf(0),
            { Kind: RouteKind.Remote, Interface: { } name } => output.ClassOf(InterfaceName.Pack(name)),
            _ => -1,
        };
        return way >= 0 && Boxes.Meet(cell.Box[output.Index], output.CodeOf(way), output.IsNarrow) != Boxes.Nothing;
    }

    private IpAddress? KeptDestination(Cell cell)
    {
        var destination = Layout[PacketField.Destination];
        return cell.Changes?[destination.Index] is Change.Constant { Class: var cls } && cell.Box[destination.Index] == destination.CodeOf(cls)
            ? new IpAddress(Layout.Family, destination.ValueOf(cls)) : null;
    }

    /// <summary>The box of packets that the rules cannot tell from one in some fields.</summary>
    public ulong[] AlikeIn(params ReadOnlySpan<(PacketField Field, UInt128 Value)> values)
    {
        ulong[] box = [.. Layout.Full];
        foreach (var (field, value) in values)
        {
            if (Layout.Find(field) is { } dimension)
            {
                box[dimension.Index] = dimension.CodeOf(dimension.ClassOf(value));
            }
        }
        return box;
    }

    /// <summary>What two boxes have in common; null where that is nothing.</summary>
    public ulong[]? Meet(ulong[] one, ulong[] other)
    {
        var common = new ulong[one.Length];
        for (var i = 0; i < common.Length; i++)
        {
            common[i] = Boxes.Meet(one[i], other[i], i < Layout.NarrowCount);
            if (common[i] == Boxes.Nothing)
            {
                return null;
            }
        }
        return common;
    }

    /// <summary>A packet of the box of which something is so, as evaluation has it; null where none is found.</summary>
    public Packet? FindPacket(ulong[] box, Func<Packet, bool> isSo)
    {
        const int attempts = 6;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var packet = _picker.Pick(box, attempt);
            if (isSo(packet))
            {
                return packet;
            }
        }
        return null;
    }

    /// <summary>Whether a variable stands for what a text describes.</summary>
    public bool IsAbout(Assumed assumed, string text) =>
        Rules.UnknownTable[assumed.Variable].Key.Contains(text, StringComparison.Ordinal);

    private bool IsNone(Change change) =>
        change is Change.Constant constant && Layout[PacketField.OutInterface] is var output && constant.Class == output.ClassOf(0);

    private static Condition[] ConditionsOf(Interval destinations, string name) =>
    [
        Condition.Field(PacketField.Destination, FieldSet.Range(destinations)),
        Condition.Field(PacketField.OutInterface, FieldSet.Of(InterfaceName.Pack(name))),
    ];

    private static SpaceExpression Parse(string text) =>
        SpaceExpression.Parse(SourceText.From(text)).Space ?? throw new ArgumentException("this is no space", nameof(text));

    private static RuleKey KeyOf(RuleSymbol rule) => new(rule.Chain.Index, rule.RuleNumber);
}
