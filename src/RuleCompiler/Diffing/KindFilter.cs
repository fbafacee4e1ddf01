using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Finds in cells that have come to their end the packets of one kind.</summary>
internal sealed class KindFilter
{
    private const int NotCaptured = -1;

    /// <summary>Captured with a new address, at the port that they came with.</summary>
    private const int OwnPort = -2;

    /// <summary>At a port that the rules do not tell.</summary>
    private const int AnyPort = -3;

    private readonly SpaceLayout _layout;
    private readonly ConditionBoxes _conditions;
    private readonly RewriteSplitter _splitter;
    private readonly IPacketKind _kind;
    private readonly ulong _noInput;
    private readonly Dictionary<(bool IsSent, int Capture), SpaceTest[][]> _boxes = [];

    /// <param name="comparer">Compares addresses; its layout tells apart what <see cref="ConditionsOf"/> has.</param>
    /// <param name="space">The packets that there are.</param>
    /// <param name="kind">The kind.</param>
    public KindFilter(OutcomeComparer comparer, JourneySpace space, IPacketKind kind)
    {
        _layout = comparer.Layout;
        _conditions = new ConditionBoxes(_layout);
        _splitter = new RewriteSplitter(comparer, [PacketField.Destination, PacketField.DestinationPort]);
        _kind = kind;
        _noInput = space.NoInput;
    }

    /// <summary>Everything that a kind may ask, for a layout to tell it apart.</summary>
    public static IEnumerable<Condition> ConditionsOf(IPacketKind kind) =>
        from isSent in (bool[])[false, true]
        from capture in (int[])[NotCaptured, OwnPort, AnyPort]
        select ConditionOf(kind, isSent, capture);

    /// <summary>The packets of a cell that may be of the kind, in disjoint parts.</summary>
    public IEnumerable<Cell> Of(Cell cell)
    {
        var isSent = cell.Box[_layout[PacketField.InInterface].Index] == _noInput;
        return _splitter.Split(cell).SelectMany(part => BoxesOf(isSent, CaptureOf(part, isSent)).Select(box => Meet(part, box)).OfType<Cell>());
    }

    private static Condition ConditionOf(IPacketKind kind, bool isSent, int capture)
    {
        switch (capture)
        {
            case NotCaptured:
                return kind.ConditionOf(isSent, null);
            case OwnPort:
                var others = Condition.AllOf([.. kind.Ports.Select(port => Condition.Not(IsPort(port)))]);
                return Condition.AnyOf(
                [
                    .. kind.Ports.Select(port => Condition.AllOf(IsPort(port), kind.ConditionOf(isSent, port))),
                    Condition.AllOf(others, kind.ConditionOf(isSent, 0)),
                ]);
            case AnyPort:
                return Condition.AnyOf([.. kind.Ports.Append((ushort)0).Select(port => kind.ConditionOf(isSent, port))]);
            default:
                return kind.ConditionOf(isSent, kind.Ports.Contains((ushort)capture) ? (ushort)capture : (ushort)0);
        }
    }

    private static Condition IsPort(ushort port) => Condition.Field(PacketField.DestinationPort, FieldSet.Of(port));

    /// <summary>The last thing that captures them: what they meet first is nat for packets sent, TPROXY for those that arrive.</summary>
    private int CaptureOf(Cell part, bool isSent)
    {
        var proxy = part.Deeds;
        while (proxy is not null && proxy.Kind != DeedKind.Proxy)
        {
            proxy = proxy.Before;
        }
        var isTranslated = _splitter.IsChanged(part);
        if (proxy is not null && (isSent || !isTranslated))
        {
            return proxy.Port > 0 ? proxy.Port : OwnPort;
        }
        var port = _layout[PacketField.DestinationPort];
        return !isTranslated ? NotCaptured : part.Changes?[port.Index] switch
        {
            null => OwnPort,
            Change.Constant constant => (int)port.ValueOf(constant.Class),
            _ => AnyPort,
        };
    }

    private SpaceTest[][] BoxesOf(bool isSent, int capture)
    {
        if (!_boxes.TryGetValue((isSent, capture), out var boxes))
        {
            boxes = _conditions.Of(ConditionOf(_kind, isSent, capture), holds: true) ?? throw new InvalidOperationException("the kind is of no boxes");
            _boxes.Add((isSent, capture), boxes);
        }
        return boxes;
    }

    private Cell? Meet(Cell cell, SpaceTest[] tests)
    {
        var part = cell.Clone();
        foreach (var (dimension, code) in tests)
        {
            part.Box[dimension] = Boxes.Meet(part.Box[dimension], code, dimension < _layout.NarrowCount);
            if (part.Box[dimension] == Boxes.Nothing)
            {
                return null;
            }
        }
        return part;
    }
}
