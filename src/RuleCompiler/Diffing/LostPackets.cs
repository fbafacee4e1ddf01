using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>The arriving packets that routing loses for their addresses, behind PREROUTING at the latest.</summary>
/// <remarks>
/// Says of boxes what <see cref="Evaluation.Routing.IsMartian"/> and the way of multicast packets say of one packet. Boxes do not tell
/// the addresses apart for that alone: of a box that has other packets too, nothing is said.
/// </remarks>
internal sealed class LostPackets
{
    private readonly JourneySpace _space;
    private readonly Dimension _input;
    private readonly Dimension _source;
    private readonly Dimension _destination;
    private readonly ulong _loopback;
    private readonly FieldSet _sources;
    private readonly FieldSet _sourcesAnywhere;
    private readonly FieldSet _destinations;
    private readonly FieldSet _destinationsAnywhere;

    /// <param name="layout">The dimensions.</param>
    /// <param name="space">The packets that there are.</param>
    /// <param name="host">The machine.</param>
    public LostPackets(SpaceLayout layout, JourneySpace space, HostFacts host)
    {
        _space = space;
        _input = layout[PacketField.InInterface];
        _source = layout[PacketField.Source];
        _destination = layout[PacketField.Destination];
        _loopback = _input.CodeOf(_input.ClassOf(InterfaceName.Pack("lo")));
        var own = host.Interfaces.SelectMany(link => link.Addresses).Select(prefix => prefix.Address)
            .Where(address => address.Family == layout.Family).Select(address => new Interval(address.Value, address.Value));
        if (layout.Family == Family.IPv4)
        {
            Interval loopbacks = new(0x7F000000, 0x7FFFFFFF);
            _sources = FieldSet.Union([loopbacks, new(0xE0000000, 0xEFFFFFFF), new(uint.MaxValue, uint.MaxValue), .. own]);
            _sourcesAnywhere = FieldSet.Empty;
            _destinations = FieldSet.Union([new(0, 0), loopbacks]);
            _destinationsAnywhere = FieldSet.Union([new(0xE0000000, 0xE0000000), new(0xE0000002, 0xEFFFFFFF)]);
        }
        else
        {
            var (groups, allHosts) = ((UInt128)0xFF << 120, new UInt128(0xFF02_0000_0000_0000, 1));
            _sources = _destinations = FieldSet.Of(1);
            _sourcesAnywhere = FieldSet.Range(groups, UInt128.MaxValue);
            _destinationsAnywhere = FieldSet.Union([new(groups, allHosts - 1), new(allHosts + 1, UInt128.MaxValue)]);
        }
    }

    /// <summary>Whether all packets of a box are lost that rules do not stop before.</summary>
    /// <param name="box">The box.</param>
    /// <param name="keepsDestination">Whether no rule gives them another destination.</param>
    public bool Hold(ulong[] box, bool keepsDestination)
    {
        if (box[_input.Index] == _space.NoInput)
        {
            return false;
        }
        var isElsewhere = Boxes.Meet(box[_input.Index], _loopback, _input.IsNarrow) == Boxes.Nothing;
        return IsWithin(_source, box, _sourcesAnywhere) || (keepsDestination && IsWithin(_destination, box, _destinationsAnywhere))
            || (isElsewhere && (IsWithin(_source, box, _sources) || (keepsDestination && IsWithin(_destination, box, _destinations))));
    }

    private static bool IsWithin(Dimension dimension, ulong[] box, FieldSet lost) =>
        dimension.SetsOf(box[dimension.Index]).All(set => !set.IsMasked && !set.IncludesAbsent
            && set.Ranges.All(range => lost.Ranges.Any(known => known.Low <= range.Low && range.High <= known.High)));
}
