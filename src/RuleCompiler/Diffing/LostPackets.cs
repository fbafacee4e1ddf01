using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>The arriving packets that routing loses for their addresses, behind PREROUTING at the latest.</summary>
/// <remarks>
/// Says of boxes what <see cref="Routing.IsMartian"/> and the way of multicast packets say of one packet. Which addresses the
/// host routes by mark it refuses as sources is not known here. A new destination that is picked from several counts as one that is not lost.
/// </remarks>
internal sealed class LostPackets
{
    private readonly SpaceLayout _layout;
    private readonly JourneySpace _space;
    private readonly Dimension _input;
    private readonly Dimension _source;
    private readonly Dimension _destination;
    private readonly Dimension _output;
    private readonly ulong _loopback;
    private readonly Loss[] _losses;

    /// <param name="layout">The dimensions.</param>
    /// <param name="space">The packets that there are.</param>
    /// <param name="host">The machine.</param>
    public LostPackets(SpaceLayout layout, JourneySpace space, HostFacts host)
    {
        _layout = layout;
        _space = space;
        _input = layout[PacketField.InInterface];
        _source = layout[PacketField.Source];
        _destination = layout[PacketField.Destination];
        _output = layout[PacketField.OutInterface];
        _loopback = _input.CodeOf(_input.ClassOf(InterfaceName.Pack("lo")));
        _losses = LossesOf(host, layout.Family);
    }

    /// <summary>What a layout has to tell apart for <see cref="Split"/>: nothing where no rules stand before routing.</summary>
    /// <param name="hosts">The machines.</param>
    /// <param name="rulesets">The rules on them.</param>
    public static IEnumerable<Condition> ConditionsOf(HostFacts[] hosts, CompiledRuleset[] rulesets)
    {
        if (!Array.Exists(rulesets, rules => rules.Tables.Any(table => table.Chain.Hook == Hook.Prerouting)))
        {
            yield break;
        }
        foreach (var loss in hosts.SelectMany(host => LossesOf(host, rulesets[0].Family)).Where(loss => !loss.IsOfLeaving))
        {
            if (loss.Sources is { } sources)
            {
                yield return Condition.Field(PacketField.Source, sources);
            }
            if (loss.Inputs is { } inputs)
            {
                yield return Condition.Field(PacketField.InInterface, inputs);
            }
            if (loss.Destinations is { } destinations)
            {
                yield return Condition.Field(PacketField.Destination, destinations);
            }
        }
    }

    /// <summary>Whether two ways of the same packets come to routing alike, so that it loses the same of them on both.</summary>
    public bool AreAlike(Cell one, Cell other)
    {
        var isRouted = IsRouted(one);
        return one.Box[_input.Index] == _space.NoInput
            || (isRouted == IsRouted(other) && (!isRouted || Equals(one.Changes?[_destination.Index], other.Changes?[_destination.Index])));
    }

    /// <summary>Whether packets that arrive get past the rules before routing.</summary>
    public static bool IsRouted(Cell way) => way.Verdict == CellVerdict.Accept || way.Taker is not { Hook: Hook.Prerouting };

    /// <summary>Whether all packets of a box are lost; no where the layout does not tell the addresses apart.</summary>
    /// <param name="way">Their way.</param>
    /// <param name="box">The box.</param>
    public bool Hold(Cell way, ulong[] box)
    {
        if (box[_input.Index] == _space.NoInput)
        {
            return false;
        }
        var isElsewhere = Boxes.Meet(box[_input.Index], _loopback, _input.IsNarrow) == Boxes.Nothing;
        var isLeaving = Boxes.Meet(box[_output.Index], _space.NoOutput, _output.IsNarrow) == Boxes.Nothing;
        return LossesOf(way).Any(loss => (isElsewhere || !loss.IsElsewhere) && (isLeaving || !loss.IsOfLeaving)
            && (loss.Inputs is not { } inputs || IsWithin(_input, box, inputs))
            && (loss.Sources is not { } sources || IsWithin(_source, box, sources))
            && (loss.Destinations is not { } destinations || IsWithin(_destination, box, destinations)));
    }

    /// <summary>Cuts a box of arriving packets into those that are lost on one way and the others.</summary>
    /// <param name="way">The way.</param>
    /// <param name="other">Another way of theirs: what is lost for the same addresses on both belongs to either part.</param>
    /// <param name="box">The box; not changed.</param>
    public (List<ulong[]> Lost, List<ulong[]> Others) Split(Cell way, Cell other, ulong[] box)
    {
        var lost = new List<ulong[]>();
        List<ulong[]> others = [box];
        foreach (var loss in LossesOf(way).Except(LossesOf(other)).Where(loss => !loss.IsOfLeaving))
        {
            foreach (var tests in TestsOf(loss))
            {
                others = [.. others.SelectMany(part => Cut(part, tests, lost))];
            }
        }
        return (lost, others);
    }

    /// <summary>What is lost of packets with the destination that a way gives them.</summary>
    private IEnumerable<Loss> LossesOf(Cell way)
    {
        var isRouted = IsRouted(way);
        foreach (var loss in _losses.Where(loss => isRouted || loss.IsBeforeRules))
        {
            if (loss is { IsBeforeRules: false, Destinations: { } destinations } && way.Changes?[_destination.Index] is { } change)
            {
                if (change is Change.Constant constant && _destination.IsSingle(constant.Class) && destinations.Contains(_destination.ValueOf(constant.Class)))
                {
                    yield return loss with { Destinations = null };
                }
                continue;
            }
            yield return loss;
        }
    }

    private IEnumerable<SpaceTest[]> TestsOf(Loss loss) =>
        from input in loss.IsElsewhere ? CodesElsewhere() : CodesOf(_input, loss.Inputs)
        from source in CodesOf(_source, loss.Sources)
        from destination in CodesOf(_destination, loss.Destinations)
        select (SpaceTest[])[new(_input.Index, input), new(_source.Index, source), new(_destination.Index, destination)];

    private List<ulong> CodesElsewhere()
    {
        var codes = new List<ulong>();
        _input.AddDifference(_input.Full, _loopback, codes);
        return codes;
    }

    private static List<ulong> CodesOf(Dimension dimension, FieldSet? set)
    {
        var codes = new List<ulong>();
        if (set is null)
        {
            codes.Add(dimension.Full);
        }
        else
        {
            dimension.AddCodes(set, codes);
        }
        return codes;
    }

    /// <summary>The packets of a box that satisfy tests go to a list; what is left is given back.</summary>
    private List<ulong[]> Cut(ulong[] box, SpaceTest[] tests, List<ulong[]> taken)
    {
        if (!Boxes.Meets(box, tests, _layout.NarrowCount))
        {
            return [box];
        }
        var rest = new List<ulong[]>();
        taken.Add(_layout.Cut(box, tests, rest));
        return rest;
    }

    private static bool IsWithin(Dimension dimension, ulong[] box, FieldSet lost) =>
        dimension.SetsOf(box[dimension.Index]).All(set => !set.IsMasked && !set.IncludesAbsent
            && set.Ranges.All(range => lost.Ranges.Any(known => known.Low <= range.Low && range.High <= known.High)));

    private static Loss[] LossesOf(HostFacts host, Family family)
    {
        if (family == Family.IPv6)
        {
            var all = FieldSet.Range((UInt128)0xFF << 120, UInt128.MaxValue);
            var joined = new JoinedGroups(host, family);
            var known = SetOf(joined.Everywhere.Concat(joined.Elsewhere.Select(group => group.Key)));
            return
            [
                new(FieldSet.Of(1), null, IsElsewhere: true, IsBeforeRules: true),
                new(null, FieldSet.Of(1), IsElsewhere: true, IsBeforeRules: true),
                new(all, null, IsElsewhere: false, IsBeforeRules: true),
                new(null, all.Except(known), IsElsewhere: false, IsBeforeRules: false),
                new(null, all, IsElsewhere: false, IsBeforeRules: false) { IsOfLeaving = true },
                .. joined.Elsewhere.GroupBy(group => SetOf(group.Select(InterfaceName.Pack)), group => group.Key).Select(alike =>
                    new Loss(null, SetOf(alike), IsElsewhere: false, IsBeforeRules: false)
                    {
                        Inputs = alike.Key.Complement(PacketFieldInfo.Max(PacketField.InInterface)),
                    }),
            ];
        }
        var networks = host.Interfaces.SelectMany(link => link.Addresses).Where(prefix => prefix.Address.Family == family).ToList();
        var own = networks.Select(prefix => new Interval(prefix.Address.Value, prefix.Address.Value));
        var broadcasts = networks.Where(prefix => prefix.Length < 31).Select(prefix => new Interval(prefix.Addresses.High, prefix.Addresses.High));
        Interval loopbacks = new(0x7F000000, 0x7FFFFFFF);
        return
        [
            new(FieldSet.Union([loopbacks, new(0xE0000000, 0xEFFFFFFF), new(uint.MaxValue, uint.MaxValue), .. own]), null, IsElsewhere: true, IsBeforeRules: false),
            new(FieldSet.Of(0), FieldSet.Range(0, uint.MaxValue - 1), IsElsewhere: true, IsBeforeRules: false),
            new(FieldSet.Of(0), null, IsElsewhere: true, IsBeforeRules: false) { IsOfLeaving = true },
            new(null, FieldSet.Union([new(0, 0), loopbacks]), IsElsewhere: true, IsBeforeRules: false),
            new(null, FieldSet.Union([new(0xE0000000, 0xE0000000), new(0xE0000002, 0xEFFFFFFF)]), IsElsewhere: false, IsBeforeRules: false),
            new(null, FieldSet.Union([new(0, 0), new(0xE0000000, 0xEFFFFFFF), new(uint.MaxValue, uint.MaxValue), .. broadcasts]), IsElsewhere: false, IsBeforeRules: false) { IsOfLeaving = true },
        ];
    }

    private static FieldSet SetOf(IEnumerable<UInt128> values) => FieldSet.Union(values.Select(value => new Interval(value, value)));

    /// <summary>Addresses with which packets are lost.</summary>
    /// <param name="Sources">Their sources; null for all.</param>
    /// <param name="Destinations">Their destinations; null for all.</param>
    /// <param name="IsElsewhere">Whether only by interfaces other than <c>lo</c>.</param>
    /// <param name="IsBeforeRules">Whether before PREROUTING, with the addresses that they came with.</param>
    private sealed record Loss(FieldSet? Sources, FieldSet? Destinations, bool IsElsewhere, bool IsBeforeRules)
    {
        /// <summary>The interfaces that they arrive by; null for all.</summary>
        public FieldSet? Inputs { get; init; }

        /// <summary>Whether only where they are to leave by another interface: those that are not lost go another way, for all hosts get them.</summary>
        public bool IsOfLeaving { get; init; }
    }
}
