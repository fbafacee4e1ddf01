using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>The arriving packets that routing loses for their addresses, behind PREROUTING at the latest.</summary>
/// <remarks>
/// Says of boxes what <see cref="Routing.IsMartian"/> and the way of multicast packets say of one packet. A new destination that is
/// picked from several counts as one that is not lost, where only some of them would be.
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

    /// <summary>
    /// What a layout has to tell apart for <see cref="Split"/>: nothing where no rules stand before routing, and both machines lose the same.
    /// </summary>
    /// <param name="hosts">The machines.</param>
    /// <param name="rulesets">The rules on them.</param>
    public static IEnumerable<Condition> ConditionsOf(HostFacts[] hosts, CompiledRuleset[] rulesets)
    {
        var family = rulesets[0].Family;
        if (LoseAlike(hosts[0], hosts[^1], family)
            && !Array.Exists(rulesets, rules => rules.Tables.Any(table => table.Chain.Hook == Hook.Prerouting)))
        {
            yield break;
        }
        foreach (var loss in hosts.SelectMany(host => LossesOf(host, family)).Where(loss => !loss.IsBeforeRules))
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

    /// <summary>
    /// Whether two machines lose the same packets for their addresses. One that only rules hint at is as the other: it was not looked at.
    /// </summary>
    public static bool LoseAlike(HostFacts one, HostFacts other, Family family) =>
        ReferenceEquals(one, other) || one.IsInferred || other.IsInferred || LossesOf(one, family).SequenceEqual(LossesOf(other, family));

    /// <summary>Whether routing loses the same of the packets of two ways of theirs.</summary>
    /// <param name="one">A way.</param>
    /// <param name="other">Another, perhaps on another machine.</param>
    /// <param name="loseAlike">Whether the machines lose the same packets where these come to routing alike.</param>
    public bool AreAlike(Cell one, Cell other, bool loseAlike)
    {
        var isRouted = IsRouted(one);
        return one.Box[_input.Index] == _space.NoInput
            || (loseAlike && isRouted == IsRouted(other) && (!isRouted || Equals(one.Changes?[_destination.Index], other.Changes?[_destination.Index])));
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
    /// <param name="facing">What the machine of another way loses.</param>
    /// <param name="other">That way of theirs: what is lost for the same addresses on both belongs to either part.</param>
    /// <param name="box">The box; not changed.</param>
    public (List<ulong[]> Lost, List<ulong[]> Others) Split(Cell way, LostPackets facing, Cell other, ulong[] box)
    {
        var lost = new List<ulong[]>();
        List<ulong[]> others = [box];
        foreach (var tests in LossesOf(way).Except(facing.LossesOf(other)).SelectMany(TestsOf))
        {
            others = [.. others.SelectMany(part => Cut(part, tests, lost))];
        }
        return (lost, others);
    }

    /// <summary>Boxes of arriving packets that have all those that only one of two machines loses for the addresses with which they came; they may overlap.</summary>
    public IEnumerable<ulong[]> Unlike(LostPackets other)
    {
        var arriving = new List<ulong>();
        foreach (var tests in _losses.Except(other._losses).Concat(other._losses.Except(_losses)).SelectMany(TestsOf))
        {
            ulong[] box = [.. _layout.Full];
            foreach (var (dimension, code) in tests)
            {
                box[dimension] = code;
            }
            arriving.Clear();
            _input.AddDifference(box[_input.Index], _space.NoInput, arriving);
            foreach (var code in arriving)
            {
                ulong[] part = [.. box];
                part[_input.Index] = code;
                yield return part;
            }
        }
    }

    /// <summary>What is lost of packets with the destination that a way gives them.</summary>
    private IEnumerable<Loss> LossesOf(Cell way)
    {
        var isRouted = IsRouted(way);
        foreach (var loss in _losses.Where(loss => isRouted || loss.IsBeforeRules))
        {
            if (loss.IsOfLeaving && way.Changes?[_destination.Index] is not null)
            {
                continue; // where it goes now nobody has said
            }
            if (loss is { IsBeforeRules: false, Destinations: { } destinations } && way.Changes?[_destination.Index] is { } change)
            {
                if (NewDestinations(change) is { } others && destinations.Ranges.Any(range => range.Low <= others.Low && others.High <= range.High))
                {
                    yield return loss with { Destinations = null };
                }
                continue;
            }
            yield return loss;
        }
    }

    private Interval? NewDestinations(Change change) => change is Change.Constant constant && _destination.IsSingle(constant.Class)
        ? new Interval(_destination.ValueOf(constant.Class), _destination.ValueOf(constant.Class)) : Change.PickOf(change);

    private IEnumerable<SpaceTest[]> TestsOf(Loss loss) =>
        from input in loss.IsElsewhere ? CodesBut(_input, _loopback) : CodesOf(_input, loss.Inputs)
        from source in CodesOf(_source, loss.Sources)
        from destination in CodesOf(_destination, loss.Destinations)
        from output in loss.IsOfLeaving ? CodesBut(_output, _space.NoOutput) : [_output.Full]
        select (SpaceTest[])[new(_input.Index, input), new(_source.Index, source), new(_destination.Index, destination), new(_output.Index, output)];

    private static List<ulong> CodesBut(Dimension dimension, ulong code)
    {
        var codes = new List<ulong>();
        dimension.AddDifference(dimension.Full, code, codes);
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

    private static Loss[] LossesOf(HostFacts host, Family family) => family == Family.IPv4 ? [.. LossesOfV4(host)] : LossesOfV6(host);

    private static IEnumerable<Loss> LossesOfV4(HostFacts host)
    {
        var networks = host.Interfaces.SelectMany(link => link.Addresses).Where(prefix => prefix.Address.Family == Family.IPv4).ToList();
        var broadcasts = networks.Where(prefix => prefix.Length < 31).Select(prefix => new Interval(prefix.Addresses.High, prefix.Addresses.High));
        Interval loopbacks = new(0x7F000000, 0x7FFFFFFF);
        Interval groups = new(0xE0000000, 0xEFFFFFFF);
        Interval nobody = new(0, 0);
        Interval all = new(uint.MaxValue, uint.MaxValue);
        yield return new(FieldSet.Union([loopbacks, groups, all]), null, IsElsewhere: true, IsBeforeRules: false);
        var refused = Routing.Of(host).LooksUpSources
            ? new AddressTypeRanges(host, Family.IPv4).Of(FieldSet.Of((int)AddressType.Unicast).Complement(uint.MaxValue), null).Except(FieldSet.Union([nobody]))
            : SetOf(networks.Select(prefix => prefix.Address.Value));
        yield return new(refused, null, IsElsewhere: true, IsBeforeRules: false);
        yield return new(FieldSet.Of(0), FieldSet.Range(0, uint.MaxValue - 1), IsElsewhere: true, IsBeforeRules: false);
        yield return new(FieldSet.Of(0), null, IsElsewhere: true, IsBeforeRules: false) { IsOfLeaving = true };
        yield return new(null, FieldSet.Union([nobody, loopbacks]), IsElsewhere: true, IsBeforeRules: false);
        yield return new(null, FieldSet.Union([groups]).Except(SetOf(new JoinedGroups(host, Family.IPv4).Everywhere)), IsElsewhere: false, IsBeforeRules: false);
        yield return new(null, FieldSet.Union([nobody, groups, all]), IsElsewhere: false, IsBeforeRules: false) { IsOfLeaving = true };
        yield return new(null, FieldSet.Union(broadcasts), IsElsewhere: false, IsBeforeRules: false) { IsOfLeaving = true };
    }

    private static Loss[] LossesOfV6(HostFacts host)
    {
        var all = FieldSet.Range((UInt128)0xFF << 120, UInt128.MaxValue);
        var (unscoped, within) = (GroupsOf(scope: 0), GroupsOf(scope: 1));
        var others = all.Except(within).Except(unscoped);
        var joined = new JoinedGroups(host, Family.IPv6);
        var known = SetOf(joined.Everywhere.Concat(joined.Elsewhere.Select(group => group.Key)));
        return
        [
            new(FieldSet.Of(1), null, IsElsewhere: true, IsBeforeRules: true),
            new(null, FieldSet.Of(1), IsElsewhere: true, IsBeforeRules: true),
            new(null, within, IsElsewhere: true, IsBeforeRules: true),
            new(null, unscoped, IsElsewhere: false, IsBeforeRules: true),
            new(all, null, IsElsewhere: false, IsBeforeRules: true),
            new(null, within, IsElsewhere: false, IsBeforeRules: false) { Inputs = FieldSet.Of(InterfaceName.Pack("lo")) },
            new(null, others.Except(known), IsElsewhere: false, IsBeforeRules: false),
            new(null, others, IsElsewhere: false, IsBeforeRules: false) { IsOfLeaving = true },
            .. joined.Elsewhere.GroupBy(group => SetOf(group.Select(InterfaceName.Pack)), group => group.Key).Select(alike =>
                new Loss(null, SetOf(alike), IsElsewhere: false, IsBeforeRules: false)
                {
                    Inputs = alike.Key.Complement(PacketFieldInfo.Max(PacketField.InInterface)),
                }),
        ];
    }

    /// <summary>The groups of a scope, whatever their flags (RFC 4291, section 2.7).</summary>
    private static FieldSet GroupsOf(uint scope) => FieldSet.Union(Enumerable.Range(0, 16).Select(flags => (UInt128)(0xFF00u | ((uint)flags << 4) | scope) << 112)
        .Select(first => new Interval(first, first + ((UInt128.One << 112) - 1))));

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

        /// <summary>Whether only where they are said to leave by another interface, since what is for many is not passed on; else the host may get them.</summary>
        public bool IsOfLeaving { get; init; }
    }
}
