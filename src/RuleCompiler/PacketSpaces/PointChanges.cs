using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>What one packet is now, as a class of each dimension, where rules tell it.</summary>
/// <remarks>The rules of <see cref="CellEffects"/> and <see cref="CellTranslation"/>, for constants; what else is written is not known.</remarks>
internal sealed class PointChanges
{
    private static readonly TranslateFlags Random = TranslateFlags.Random | TranslateFlags.RandomFully;

    private readonly SpaceLayout _layout;
    private readonly int[] _compared;
    private readonly bool[] _isOfConnection;
    private readonly bool[] _isDerived;
    private readonly ulong[] _start;
    private readonly ulong[] _other;
    private readonly bool[] _isUnknown;
    private readonly bool[] _wasUnknown;
    private readonly bool[] _isOtherUnknown;
    private readonly ulong[] _now;

    public PointChanges(SpaceLayout layout)
    {
        _layout = layout;
        _now = new ulong[layout.Count];
        (_start, _other) = (new ulong[layout.Count], new ulong[layout.Count]);
        (_isUnknown, _wasUnknown, _isOtherUnknown) = (new bool[layout.Count], new bool[layout.Count], new bool[layout.Count]);
        _compared = [.. new OutcomeComparer(layout, countsLogs: true, countsIdleRewrites: false).Compared];
        _isOfConnection = [.. layout.Dimensions.Select(d => d.Field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone)];
        _isDerived = [.. layout.Dimensions.Select(d => CellTranslation.Derived.Contains(d.Field))];
    }

    /// <summary>The classes; all of them of a dimension that is not known any more.</summary>
    public ReadOnlySpan<ulong> Now => _now;

    /// <summary>Begins with another packet.</summary>
    public void Start(ReadOnlySpan<ulong> point)
    {
        point.CopyTo(_now);
        Array.Clear(_isUnknown);
    }

    /// <summary>Keeps what the packet is now, to go on from it twice.</summary>
    public void Save()
    {
        _now.CopyTo(_start, 0);
        _isUnknown.CopyTo(_wasUnknown, 0);
    }

    /// <summary>Keeps what has become of the packet, and goes back to what was saved.</summary>
    public void Exchange()
    {
        _now.CopyTo(_other, 0);
        _isUnknown.CopyTo(_isOtherUnknown, 0);
        _start.CopyTo(_now, 0);
        _wasUnknown.CopyTo(_isUnknown, 0);
    }

    /// <summary>Whether the packet is certainly another one now than where it was exchanged.</summary>
    public bool Differ()
    {
        foreach (var d in _compared)
        {
            if (_now[d] != _other[d] && !_isUnknown[d] && !_isOtherUnknown[d])
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the packet satisfies tests.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="isBeforeTracking">Whether conntrack has not looked at it yet.</param>
    public PointRelation Relate(ReadOnlySpan<SpaceTest> tests, bool isBeforeTracking)
    {
        var isOpen = false;
        foreach (var (dimension, code) in tests)
        {
            if (isBeforeTracking && _isOfConnection[dimension])
            {
                isOpen = true;
            }
            else if (Boxes.Meet(_now[dimension], code, dimension < _layout.NarrowCount) is var common && common == Boxes.Nothing)
            {
                return PointRelation.Outside;
            }
            else
            {
                isOpen |= common != _now[dimension];
            }
        }
        return isOpen ? PointRelation.Open : PointRelation.Within;
    }

    /// <summary>A target that goes on with the next rule; what is only written down beside changes nothing here.</summary>
    /// <returns>False where codes do not say what it does.</returns>
    public bool Apply(Effect? effect)
    {
        switch (effect)
        {
            case null or Effect.Log or Effect.Other:
                return true;
            case Effect.SetMark set:
                SetMark(set.Value, set.Mask);
                return true;
            case Effect.Several several:
                return several.Effects.All(Apply);
            default:
                return false;
        }
    }

    /// <summary>New addresses and ports.</summary>
    /// <param name="kind">The target.</param>
    /// <param name="effect">What it writes; null for a network.</param>
    /// <param name="hasPorts">Whether the packet has ports that NAT may rewrite.</param>
    public void Translate(ActionKind kind, Effect.Translate? effect, bool hasPorts)
    {
        for (var d = 0; d < _now.Length; d++)
        {
            if (_isDerived[d])
            {
                Forget(d);
            }
        }
        if (effect is null)
        {
            Forget(_layout[PacketField.Source].Index);
            Forget(_layout[PacketField.Destination].Index);
            return;
        }
        var isSource = kind is ActionKind.Snat or ActionKind.Masquerade;
        var address = _layout[isSource ? PacketField.Source : PacketField.Destination];
        var port = _layout[isSource ? PacketField.SourcePort : PacketField.DestinationPort];
        var isPicked = (effect.Flags & Random) != 0;
        if (effect.Low is { } low && (effect.High is null || effect.High == low) && kind is ActionKind.Snat or ActionKind.Dnat)
        {
            Write(address, low.Value);
        }
        else if (effect.Low is not null || kind is not (ActionKind.Snat or ActionKind.Dnat))
        {
            Forget(address.Index);
        }
        if (hasPorts && effect.Ports is var (first, last) && first == last && !isPicked && effect.BasePort is null)
        {
            Write(port, first);
        }
        else if (hasPorts && (effect.Ports is not null || isPicked))
        {
            Forget(port.Index);
        }
    }

    private void SetMark(uint value, uint mask)
    {
        foreach (var part in _layout.Marks)
        {
            var bits = value & part.Mask;
            if ((part.Mask & mask) != 0)
            {
                Write(part, bits);
            }
            else if (bits != 0)
            {
                if (!_isUnknown[part.Index] && part.FirstClass(_now[part.Index]) is var cls && part.IsSingle(cls)
                    && ((uint)part.ValueOf(cls) ^ bits) is var turned && part.IsSingle(part.ClassOf(turned)))
                {
                    Write(part, turned);
                }
                else
                {
                    Forget(part.Index);
                }
            }
        }
    }

    private void Write(Dimension dimension, UInt128 value)
    {
        _now[dimension.Index] = dimension.CodeOf(dimension.ClassOf(value));
        _isUnknown[dimension.Index] = false;
    }

    private void Forget(int dimension)
    {
        _now[dimension] = _layout.Full[dimension];
        _isUnknown[dimension] = true;
    }
}
