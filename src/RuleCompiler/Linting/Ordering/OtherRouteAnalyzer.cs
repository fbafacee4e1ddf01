using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules that only packets get to which would leave by another interface than their destination is reached by.</summary>
internal sealed class OtherRouteAnalyzer : OrderingAnalyzer
{
    private const int MostNamed = 3;

    public static DiagnosticDescriptor OtherRoute { get; } = new("IPT3010", DiagnosticSeverity.Info)
    {
        Title = "Rule for packets that routing sends another way",
        Message = "No packet gets to this rule as routes are: what it names leaves by an interface whose packets are decided before",
        Explanation = """
            By its options alone the rule can match, but only packets that leave by another interface than the one that
            their destination is reached by. What goes to a loopback address leaves by lo on every host; further routes are
            taken from --host. The facts that the proof rests on are named with the finding ("given" in JSON). A program
            that binds its socket to an interface, or another route, would bring the rule to life.
            """,
        Example = """
            *filter
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -o lo -j ACCEPT
            [|-A OUTPUT -d 127.0.0.1/32 -p tcp -j DROP|]
            COMMIT
            """,
        Corrected = """
            *filter
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -d 127.0.0.1/32 -p tcp -j DROP
            -A OUTPUT -o lo -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(OtherRoute, "needs-other-route")];

    protected override Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts)
    {
        if (facts.Standing is not (RuleStanding.Needed or RuleStanding.Redundant) || facts.Witness is not { } witness
            || !IsExcluded(context.Routes, context.Ordering.Layout, context.Ordering.HooksOf(rule.Chain), witness.Box))
        {
            return null;
        }
        var journeys = context.Journeys;
        using var turn = journeys.Begin();
        try
        {
            var possible = new List<(Hook Hook, ulong[] Box)>();
            var given = new SortedSet<int>();
            foreach (var (hook, boxes) in journeys.WaysTo(rule).ToList())
            {
                foreach (var box in boxes.SelectMany(box => Possible(context, box, given)))
                {
                    if (journeys.FirstHit(hook, box, rule) is not null)
                    {
                        return null;
                    }
                    possible.Add((hook, box));
                }
            }
            return context.FindingAt(OtherRoute, rule) with
            {
                Because = Causes(context, Deciders(journeys, rule, possible), "decides about what leaves by it"),
                Given = [.. given.Take(MostNamed).Select(index => TextOf(context, context.Routes.Known[index]))],
            };
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(rule, "whether a packet gets to it as routes are");
            return null;
        }
    }

    /// <summary>Whether a rule is only met by what this host sends, and routes say that no packet of a box can be.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="layout">The box's dimensions.</param>
    /// <param name="hooks">The hooks that lead to the rule.</param>
    /// <param name="box">The box.</param>
    public static bool IsExcluded(RouteFacts routes, SpaceLayout layout, ImmutableArray<Hook> hooks, ulong[] box)
    {
        if (!hooks.All(hook => hook is Hook.Output or Hook.Postrouting))
        {
            return false;
        }
        var (input, output, destination) = (layout[PacketField.InInterface], layout[PacketField.OutInterface], layout[PacketField.Destination]);
        return box[input.Index] == input.CodeOf(input.ClassOf(0))
            && routes.Knows(destination.ValueOf(destination.FirstClass(box[destination.Index])))
            && routes.Excludes(destination.SetsOf(box[destination.Index]), output.SetsOf(box[output.Index]));
    }

    /// <summary>The packets of a box that can be, in parts; all of those that others sent.</summary>
    private static IEnumerable<ulong[]> Possible(LintContext context, ulong[] box, SortedSet<int> given)
    {
        var layout = context.Journeys.Layout;
        var (input, output, destination) = (layout[PacketField.InInterface], layout[PacketField.OutInterface], layout[PacketField.Destination]);
        if (box[input.Index] != input.CodeOf(input.ClassOf(0)))
        {
            yield return box;
            yield break;
        }
        var open = new List<ulong> { box[destination.Index] };
        for (var index = 0; index < context.Routes.Known.Length; index++)
        {
            var (range, name) = context.Routes.Known[index];
            var codes = new List<ulong>();
            destination.AddCodes(FieldSet.Range(range), codes);
            foreach (var code in codes)
            {
                var common = Boxes.Meet(box[destination.Index], code, destination.IsNarrow);
                if (common == Boxes.Nothing)
                {
                    continue;
                }
                given.Add(index);
                open = [.. open.SelectMany(rest => Without(destination, rest, code))];
                var way = Boxes.Meet(box[output.Index], output.CodeOf(output.ClassOf(InterfaceName.Pack(name))), output.IsNarrow);
                if (way != Boxes.Nothing)
                {
                    yield return With(box, (destination, common), (output, way));
                }
            }
        }
        foreach (var rest in open)
        {
            yield return With(box, (destination, rest));
        }
    }

    /// <summary>Rules of the chain, or of those that it calls, that take the packets that can be; none where others do too.</summary>
    private static ImmutableArray<RuleKey> Deciders(HostJourneys journeys, RuleSymbol rule, List<(Hook Hook, ulong[] Box)> possible)
    {
        if (Takers(journeys, rule, possible, null) is not { } takers)
        {
            return [];
        }
        foreach (var one in takers.ToList())
        {
            // What others take as well is no cause.
            if (Takers(journeys, rule, possible, [.. takers.Where(other => other != one)]) is not null)
            {
                takers.Remove(one);
            }
        }
        return [.. takers];
    }

    /// <summary>Who takes the packets before the rule; null where not all are taken.</summary>
    private static SortedSet<RuleKey>? Takers(
        HostJourneys journeys, RuleSymbol rule, List<(Hook Hook, ulong[] Box)> possible, HashSet<RuleKey>? actors)
    {
        var takers = new SortedSet<RuleKey>(Comparer<RuleKey>.Create((one, other) => (one.Chain, one.Rule).CompareTo((other.Chain, other.Rule))));
        foreach (var (hook, box) in possible)
        {
            var walker = journeys.WalkerAt(hook);
            walker.IsLocal = true;
            walker.Actors = actors;
            walker.EnterChain(journeys.Rules.Chains[rule.Chain.Index], box);
            while (walker.MoveNext() is { } cell)
            {
                if (cell.DecidingChain is not { } chain || cell.DecidingRule == 0 || (chain == rule.Chain && cell.DecidingRule >= rule.RuleNumber))
                {
                    return null;
                }
                takers.Add(new RuleKey(chain.Index, cell.DecidingRule));
            }
        }
        return takers;
    }

    private static string TextOf(LintContext context, (Interval Destinations, string Interface) route)
    {
        var (low, high) = (new IpAddress(context.Family, route.Destinations.Low), new IpAddress(context.Family, route.Destinations.High));
        return low == high ? $"{low} leaves by {route.Interface}" : $"{low} to {high} leave by {route.Interface}";
    }

    private static List<ulong> Without(Dimension dimension, ulong code, ulong taken)
    {
        if (Boxes.Meet(code, taken, dimension.IsNarrow) == Boxes.Nothing)
        {
            return [code];
        }
        var codes = new List<ulong>();
        dimension.AddDifference(code, taken, codes);
        return codes;
    }

    private static ulong[] With(ulong[] box, params ReadOnlySpan<(Dimension Dimension, ulong Code)> codes)
    {
        ulong[] copy = [.. box];
        foreach (var (dimension, code) in codes)
        {
            copy[dimension.Index] = code;
        }
        return copy;
    }
}
