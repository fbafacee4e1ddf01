using System.Text;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Prints blocks as space expressions that read back as the same packets.</summary>
/// <param name="layout">The dimensions of the blocks.</param>
internal sealed class SpaceWriter(SpaceLayout layout)
{
    private static readonly UInt128 Loopback = InterfaceName.Pack("lo");

    private static readonly (PacketField Field, PacketClause Clause)[] Clauses =
    [
        (PacketField.Uid, PacketClause.Uid), (PacketField.Gid, PacketClause.Gid), (PacketField.HasSocket, PacketClause.Socket),
        (PacketField.ConntrackState, PacketClause.State), (PacketField.ConntrackDirection, PacketClause.Dir),
        (PacketField.ConntrackStatus, PacketClause.CtStatus), (PacketField.ConntrackZone, PacketClause.Zone),
        (PacketField.ConntrackProtocol, PacketClause.CtProto), (PacketField.TcpFlags, PacketClause.Flags),
        (PacketField.MaximumSegmentSize, PacketClause.Mss), (PacketField.IcmpTypeCode, PacketClause.Type),
        (PacketField.Length, PacketClause.Length), (PacketField.Ttl, PacketClause.Ttl), (PacketField.Tos, PacketClause.Tos),
        (PacketField.IsLaterFragment, PacketClause.Fragment), (PacketField.ExtensionHeaders, PacketClause.ExtHdr),
        (PacketField.MacSource, PacketClause.Mac),
        (PacketField.FrameKind, PacketClause.Frame), (PacketField.PhysicalIn, PacketClause.PhysIn),
        (PacketField.PhysicalOut, PacketClause.PhysOut), (PacketField.PhysicalIsBridged, PacketClause.Bridged),
        (PacketField.SourceAddressType, PacketClause.SrcType), (PacketField.SourceAddressTypeOnIn, PacketClause.SrcTypeOnIn),
        (PacketField.SourceAddressTypeOnOut, PacketClause.SrcTypeOnOut), (PacketField.DestinationAddressType, PacketClause.DstType),
        (PacketField.DestinationAddressTypeOnIn, PacketClause.DstTypeOnIn),
        (PacketField.DestinationAddressTypeOnOut, PacketClause.DstTypeOnOut), (PacketField.ReceivingSocket, PacketClause.RcvSocket),
    ];

    /// <summary>The expressions of a union of blocks; one a block, or two where it is of packets that arrive and of such that are sent.</summary>
    public IEnumerable<string> Write(IEnumerable<SpaceBlock> blocks)
    {
        foreach (var block in blocks.SelectMany(Bridges))
        {
            var (sent, arriving) = Halves(block, layout[PacketField.InInterface]);
            if (sent is not null)
            {
                yield return Write(sent, isArriving: false);
            }
            foreach (var part in arriving is null ? [] : Outputs(arriving))
            {
                yield return Write(part, isArriving: true);
            }
        }
    }

    /// <summary>Packets of all bridge ports but some, and packets of no bridge, are two expressions: <c>!</c> leaves the latter out.</summary>
    private IEnumerable<SpaceBlock> Bridges(SpaceBlock block)
    {
        var ports = layout.Dimensions.Where(d => d.Field is PacketField.PhysicalIn or PacketField.PhysicalOut or PacketField.PhysicalIsBridged).Where(d => IsLimited(block, d)).ToList();
        return ports.Exists(port => port.Field != PacketField.PhysicalIsBridged && Union(block, port) is { IncludesAbsent: true, Ranges.IsEmpty: false } set
            && SpaceSetText.Values(port.Field, set.WithAbsent(false), layout.Family).StartsWith('!'))
            ? ((Func<Dimension, ulong>[])[port => port.Present, port => port.Absent]).Select(code => Limit(block, ports, code)).OfType<SpaceBlock>() : [block];
    }

    private static SpaceBlock? Limit(SpaceBlock block, List<Dimension> dimensions, Func<Dimension, ulong> code)
    {
        foreach (var dimension in dimensions)
        {
            ulong[] common = [.. block.Codes[dimension.Index].Select(own => Boxes.Meet(own, code(dimension), dimension.IsNarrow)).Where(part => part != Boxes.Nothing)];
            if (common.Length == 0)
            {
                return null;
            }
            block = block.With(dimension.Index, common);
        }
        return block;
    }

    /// <summary>Packets that stay here, and such that leave by all but some interfaces, are two expressions: <c>!</c> is for all of a list.</summary>
    private IEnumerable<SpaceBlock> Outputs(SpaceBlock block)
    {
        var output = layout[PacketField.OutInterface];
        return Halves(block, output) is ({ } here, { } leaving) && InterfaceSetText.Of(WithLoopback(Union(leaving, output))).StartsWith('!')
            ? [leaving, here] : [block];
    }

    /// <summary>The packets without such an interface, and those with one; null for none.</summary>
    private static (SpaceBlock? Without, SpaceBlock? With) Halves(SpaceBlock block, Dimension link)
    {
        var none = link.CodeOf(link.ClassOf(0));
        var named = block.Codes[link.Index].SelectMany(code =>
        {
            var rest = new List<ulong>();
            link.AddDifference(code, none, rest);
            return rest;
        }).ToArray();
        var hasNone = block.Codes[link.Index].Any(code => Boxes.Meet(code, none, link.IsNarrow) != Boxes.Nothing);
        return (hasNone ? block.With(link.Index, [none]) : null, named.Length > 0 ? block.With(link.Index, named) : null);
    }

    private string Write(SpaceBlock block, bool isArriving)
    {
        var text = new StringBuilder();
        var protocols = SetOf(block, PacketField.Protocol) ?? FieldSet.Range(0, byte.MaxValue);
        text.Append(SpaceSetText.Protocols(protocols, layout.Family)).Append(' ');
        text.Append(Endpoint(block, PacketField.Source, PacketField.SourcePort)).Append(" -> ");
        text.Append(Endpoint(block, PacketField.Destination, PacketField.DestinationPort));
        if (isArriving)
        {
            text.Append(" in ").Append(InterfaceSetText.Of(SetOf(block, PacketField.InInterface) ?? FieldSet.Range(1, UInt128.MaxValue)));
        }
        AppendOutput(text, block, isArriving);
        foreach (var (field, clause) in Clauses)
        {
            if (layout.Find(field) is { } dimension && IsLimited(block, dimension))
            {
                text.Append(' ').Append(ClauseNames.Of(clause)).Append(' ').Append(SpaceSetText.Values(field, Union(block, dimension), layout.Family));
            }
        }
        AppendPair(text, block, "ctorig", PacketField.OriginalSource, PacketField.OriginalSourcePort, PacketField.OriginalDestination, PacketField.OriginalDestinationPort);
        AppendPair(text, block, "ctrepl", PacketField.ReplySource, PacketField.ReplySourcePort, PacketField.ReplyDestination, PacketField.ReplyDestinationPort);
        AppendMarks(text, block, "mark", layout.Marks);
        AppendMarks(text, block, "ctmark", layout.ConnectionMarks);
        AppendMarks(text, block, "mark^ctmark", layout.MarkDifferences);
        return text.ToString();
    }

    /// <summary>Which interface it leaves by; <c>none</c> where an arriving packet stays here.</summary>
    private void AppendOutput(StringBuilder text, SpaceBlock block, bool isArriving)
    {
        var set = Union(block, layout[PacketField.OutInterface]);
        var names = FieldSet.Union(set.Ranges.Where(range => range.High > 0).Select(range => range with { Low = UInt128.Max(range.Low, 1) }));
        names = isArriving ? WithLoopback(names) : names;
        var isNone = set.Contains(0);
        var printed = names.IsEmpty ? "" : InterfaceSetText.Of(names);
        if (printed != "*")
        {
            text.Append(" out ").Append(printed).Append(names.IsEmpty || !isNone ? "" : ",").Append(isNone ? "none" : "");
        }
        else if (isArriving && !isNone)
        {
            text.Append(" out *");
        }
    }

    /// <summary>No arriving packet leaves by <c>lo</c>, so that it may be among the names or not; where it is named it means delivery here.</summary>
    private static FieldSet WithLoopback(FieldSet names)
    {
        var loopback = new Interval(Loopback, Loopback);
        var both = FieldSet.Union(names.Ranges.Append(loopback));
        return both.Ranges.Length < names.Ranges.Length ? both : FieldSet.Union(names.Ranges.Where(range => range != loopback));
    }

    private string Endpoint(SpaceBlock block, PacketField address, PacketField port) =>
        SpaceSetText.Endpoint(SetOf(block, address), SetOf(block, port), layout.Family);

    /// <summary>The values of a field; null where it is not limited.</summary>
    private FieldSet? SetOf(SpaceBlock block, PacketField field) =>
        layout.Find(field) is { } dimension && IsLimited(block, dimension) ? Union(block, dimension) : null;

    private static FieldSet Union(SpaceBlock block, Dimension dimension)
    {
        var sets = block.Codes[dimension.Index].SelectMany(dimension.SetsOf).ToList();
        return FieldSet.Union(sets.SelectMany(set => set.Ranges)).WithAbsent(sets.Exists(set => set.IncludesAbsent));
    }

    private static bool IsLimited(SpaceBlock block, Dimension dimension) => block.Codes[dimension.Index] is not [var code] || code != dimension.Full;

    private void AppendPair(
        StringBuilder text, SpaceBlock block, string name, PacketField source, PacketField sourcePort, PacketField destination, PacketField destinationPort)
    {
        if (((ReadOnlySpan<PacketField>)[source, sourcePort, destination, destinationPort]).ToArray()
            .Any(field => layout.Find(field) is { } dimension && IsLimited(block, dimension)))
        {
            text.Append(' ').Append(name).Append(' ').Append(Endpoint(block, source, sourcePort))
                .Append(" -> ").Append(Endpoint(block, destination, destinationPort));
        }
    }

    /// <summary>The parts of a mark are multiplied out, so that each value is a number with the bits that count.</summary>
    private static void AppendMarks(StringBuilder text, SpaceBlock block, string name, MarkDimension[] parts)
    {
        var limited = parts.Where(part => IsLimited(block, part)).ToArray();
        if (limited.Length > 0)
        {
            text.Append(' ').Append(name).Append(' ').Append(SpaceMarkText.Of(limited.Select(part => (part, block.Codes[part.Index]))));
        }
    }
}
