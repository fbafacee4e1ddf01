using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Oracles.Diagrams;

/// <summary>Packets as bit strings: what conditions say of them, and which can be at a hook.</summary>
/// <remarks>A field is a bit for 'absent', and its value, of any width; IPv4.</remarks>
internal sealed class DiagramFields
{
    private const int InterfaceWidth = 128;

    private static readonly byte[] WithPorts =
        [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Dccp, IpProtocol.Sctp];

    /// <summary>In the order of their bits; what most rules name goes first, since that keeps diagrams small.</summary>
    private static readonly (PacketField Field, int Width)[] Fields =
    [
        (PacketField.Protocol, 8), (PacketField.Destination, 32), (PacketField.Source, 32), (PacketField.DestinationPort, 16),
        (PacketField.SourcePort, 16), (PacketField.ConntrackState, 8), (PacketField.TcpFlags, 8), (PacketField.IcmpTypeCode, 16),
        (PacketField.Uid, 32), (PacketField.Gid, 32), (PacketField.InInterface, InterfaceWidth), (PacketField.OutInterface, InterfaceWidth),
        (PacketField.Mark, 32),
    ];

    private readonly Dictionary<PacketField, (int Level, int Width)> _places = [];
    private readonly Dictionary<Condition, int> _known = new(ReferenceEqualityComparer.Instance);
    private readonly BinaryDiagrams _diagrams;

    public DiagramFields(BinaryDiagrams diagrams)
    {
        _diagrams = diagrams;
        var level = 0;
        foreach (var (field, width) in Fields)
        {
            _places.Add(field, (level, width));
            level += width + 1;
        }
    }

    /// <summary>The packets that can be at a hook.</summary>
    public int At(Hook hook)
    {
        int protocol(params byte[] numbers) => numbers.Aggregate(
            BinaryDiagrams.Nothing, (all, number) => _diagrams.Or(all, Of(PacketField.Protocol, FieldSet.Of(number))));
        var isLocal = hook == Hook.Output;
        return AllOf(
            Never(PacketField.Protocol), Never(PacketField.Source), Never(PacketField.Destination), Never(PacketField.Mark),
            Never(PacketField.ConntrackState), Never(PacketField.InInterface), Never(PacketField.OutInterface),
            Exactly(PacketField.SourcePort, protocol(WithPorts)),
            Exactly(PacketField.DestinationPort, protocol(WithPorts)),
            Exactly(PacketField.TcpFlags, protocol(IpProtocol.Tcp)),
            Exactly(PacketField.IcmpTypeCode, protocol(IpProtocol.Icmp, IpProtocol.IcmpV6)),
            isLocal ? Exactly(PacketField.Uid, _diagrams.Not(Absent(PacketField.Gid))) : _diagrams.And(Absent(PacketField.Uid), Absent(PacketField.Gid)),
            States(),
            Interface(PacketField.InInterface, hook is Hook.Prerouting or Hook.Input or Hook.Forward),
            Interface(PacketField.OutInterface, hook is Hook.Forward or Hook.Output));
    }

    /// <summary>The packets for which a condition holds.</summary>
    /// <exception cref="NotSupportedException">It asks for what these packets do not have.</exception>
    public int Of(Condition condition)
    {
        if (!_known.TryGetValue(condition, out var set))
        {
            _known.Add(condition, set = condition switch
            {
                Condition.AlwaysCondition => BinaryDiagrams.Everything,
                Condition.NeverCondition => BinaryDiagrams.Nothing,
                Condition.NotCondition not => _diagrams.Not(Of(not.Operand)),
                Condition.AllOfCondition all => AllOf([.. all.Parts.Select(Of)]),
                Condition.AnyOfCondition any => any.Parts.Select(Of).Aggregate(BinaryDiagrams.Nothing, _diagrams.Or),
                Condition.FieldCondition field => Of(field.TestedField, field.Set),
                _ => throw new NotSupportedException(condition.GetType().Name),
            });
        }
        return set;
    }

    private int Of(PacketField field, FieldSet set)
    {
        if (!_places.TryGetValue(field, out var place))
        {
            throw new NotSupportedException(field.ToString());
        }
        var values = set.IsMasked ? Masked(place.Level + 1, place.Width, set)
            : set.Ranges.Aggregate(BinaryDiagrams.Nothing, (all, range) => _diagrams.Or(
                all, _diagrams.Range(place.Level + 1, place.Width, range.Low, UInt128.Min(range.High, Largest(place.Width)))));
        return _diagrams.Choose(Absent(field), set.IncludesAbsent ? BinaryDiagrams.Everything : BinaryDiagrams.Nothing, values);
    }

    private int Masked(int level, int width, FieldSet set)
    {
        var equal = BinaryDiagrams.Everything;
        for (var bit = 0; bit < width; bit++)
        {
            if ((set.Mask >> bit & 1) == 1)
            {
                var own = _diagrams.Bit(level + width - 1 - bit);
                equal = _diagrams.And(equal, (set.Bits >> bit & 1) == 1 ? own : _diagrams.Not(own));
            }
        }
        return set.IsNegated ? _diagrams.Not(equal) : equal;
    }

    private int States() => Enum.GetValues<ConntrackState>().Where(state => System.Numerics.BitOperations.IsPow2((int)state))
        .Aggregate(BinaryDiagrams.Nothing, (all, state) => _diagrams.Or(all, Of(PacketField.ConntrackState, FieldSet.Of((UInt128)(int)state))));

    private int Interface(PacketField field, bool isThere)
    {
        var none = Of(field, FieldSet.Of(0));
        return isThere ? _diagrams.Not(none) : none;
    }

    private int Never(PacketField field) => _diagrams.Not(Absent(field));

    /// <summary>The field is there for the packets of a set, and for no others.</summary>
    private int Exactly(PacketField field, int owners) => _diagrams.Choose(owners, Never(field), Absent(field));

    private int Absent(PacketField field) => _diagrams.Bit(_places[field].Level);

    private int AllOf(params ReadOnlySpan<int> sets)
    {
        var all = BinaryDiagrams.Everything;
        foreach (var set in sets)
        {
            all = _diagrams.And(all, set);
        }
        return all;
    }

    private static UInt128 Largest(int width) => UInt128.MaxValue >> (InterfaceWidth - width);
}
