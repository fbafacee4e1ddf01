using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Generators;

/// <summary>Sets of a field's values such as rules ask for, and stranger ones.</summary>
internal sealed class RandomSets(Draw draw, Family family)
{
    private static readonly string[] Names =
        ["eth0", "eth1", "eth", "lo", "wg0", "br-lan", "in", "none", "a+b", "*", "!x", "a,b", "x y", "\"q\"", "\\", "é", "->", "-", "0x1", "veth1234567890a", "#", "vlan10|"];

    public FieldSet Of(PacketField field)
    {
        var set = Values(field);
        return PacketFieldInfo.IsAlwaysPresent(field) ? set : set.WithAbsent(draw.Chance(30));
    }

    private FieldSet Values(PacketField field)
    {
        switch (field)
        {
            case PacketField.Source or PacketField.Destination or PacketField.OriginalSource or PacketField.OriginalDestination
                or PacketField.ReplySource or PacketField.ReplyDestination:
                return Union(Addresses);
            case PacketField.InInterface or PacketField.OutInterface or PacketField.PhysicalIn or PacketField.PhysicalOut:
                return Union(Interfaces);
            case PacketField.Mark or PacketField.ConnectionMark or PacketField.MarkDifference:
                var mask = draw.Chance(30) ? uint.MaxValue : draw.Pick(0xffu, 0xffu, 0x4000u, 0xf000u);
                return FieldSet.Masked((uint)draw.Pick(0, 1, 2, 0x4000, 0x1234) & mask, mask, 32);
            case PacketField.TcpFlags or PacketField.ConntrackStatus:
                var bits = (uint)draw.Between(1, (int)PacketFieldInfo.Max(field));
                return FieldSet.Masked((uint)draw.Between(0, 255) & bits, bits, field == PacketField.TcpFlags ? 8 : 6);
            case PacketField.ConntrackState or PacketField.ReceivingSocket
                or >= PacketField.SourceAddressType and <= PacketField.DestinationAddressTypeOnOut:
                return FieldSet.AnyBit((UInt128)draw.Between(1, (int)PacketFieldInfo.Max(field)));
            case PacketField.IcmpTypeCode:
                return Union(() => draw.Pick(0, 3, 8, 128, 255) is var type && draw.Chance(50)
                    ? new Interval((UInt128)(type << 8), (UInt128)((type << 8) | 255)) : new Interval((UInt128)((type << 8) | 1), (UInt128)((type << 8) | 4)));
            default:
                return Union(() => Numbers(PacketFieldInfo.Max(field)));
        }
    }

    private FieldSet Union(Func<Interval> one) => FieldSet.Union(Enumerable.Range(0, draw.Pick(1, 1, 2, 3, 30)).Select(_ => one()));

    private Interval Numbers(UInt128 max)
    {
        var low = draw.Chance(20) ? 0 : draw.Chance(10) ? max : (UInt128)draw.Between(0, (int)UInt128.Min(max, 70000));
        low = UInt128.Min(low, max);
        return new Interval(low, draw.Chance(10) ? max : UInt128.Min(max, low + (UInt128)draw.Pick(0, 0, 1, 9, 1000)));
    }

    private Interval Addresses()
    {
        var (width, max) = family == Family.IPv4 ? (32, (UInt128)uint.MaxValue) : (128, UInt128.MaxValue);
        var start = family == Family.IPv4 ? draw.Pick(0x0A000000u, 0x7F000000u, 0xC0A80000u, 0u, 0xFFFFFF00u)
            : draw.Pick<UInt128>(new UInt128(0xFD00000000000000, 0), new UInt128(0x20010DB800000000, 0), 0, UInt128.MaxValue - 255);
        var low = start + (UInt128)draw.Between(0, 255);
        if (draw.Chance(50))
        {
            var length = draw.Pick(width, width - 1, width - 8, 8, 1, 0);
            var size = length == 0 ? max : (UInt128.One << (width - length)) - 1;
            return new Interval(low & ~size, (low & ~size) | size);
        }
        return new Interval(low, UInt128.Min(max, low + (UInt128)draw.Pick(0, 1, 5, 300) > low ? low + (UInt128)draw.Pick(0, 1, 5, 300) : low));
    }

    private Interval Interfaces()
    {
        if (draw.Chance(10))
        {
            return new Interval(0, 0);
        }
        var name = Encoding.UTF8.GetBytes(draw.Pick(Names));
        var packed = InterfaceName.Pack(name);
        return draw.Chance(30) ? InterfaceName.WithPrefix(name) : new Interval(packed, packed);
    }
}
