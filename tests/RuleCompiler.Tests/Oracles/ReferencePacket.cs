using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Oracles;

/// <summary>A packet on its way, for <see cref="ReferenceEvaluator"/>: every field computed plainly, each time it is asked for.</summary>
internal sealed class ReferencePacket(Packet packet, HostFacts facts, Routing routing)
{
    private bool _isLooped;
    private bool _hasTemplate;
    private bool _isUntracked = packet.State == ConntrackState.Untracked;
    private uint _mark = packet.Mark.Value;
    private uint _connectionMark = packet.ConnectionMark.Value;
    private byte _tos = packet.Tos;

    public Packet Given => packet;

    public Hook Hook { get; set; }

    public TableKind Table { get; set; }

    public string? In { get; set; }

    public string? Out { get; set; }

    public byte Ttl { get; set; } = packet.Ttl;

    public SetKey Key => new()
    {
        Source = packet.Source.Address,
        Destination = packet.Destination.Address,
        Protocol = packet.Protocol,
        SourcePort = packet.Source.Port,
        DestinationPort = packet.Destination.Port,
        IcmpTypeCode = IsIcmp ? (ushort)((packet.IcmpType << 8) | packet.IcmpCode) : null,
        InInterface = In,
        OutInterface = Out,
        MacSource = packet.MacSource,
        Mark = MaskedNumber.Exact(_mark),
    };

    private bool IsIcmp => packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;

    /// <summary>Whether rules see what conntrack knows: in raw only in the second half.</summary>
    private bool IsLookedUp => facts.Conntrack && (Table != TableKind.Raw || _isLooped);

    /// <exception cref="NotToldException">A CT rule's template is in the connection's place.</exception>
    private ConntrackState State => _hasTemplate && Table == TableKind.Raw ? throw new NotToldException()
        : _isUntracked ? ConntrackState.Untracked
        : IsLookedUp ? packet.State
        : ConntrackState.Invalid;

    private bool HasEntry => State is ConntrackState.New or ConntrackState.Established or ConntrackState.Related;

    private bool IsOfProcess => !_isLooped && packet is { InInterface: null, Socket: SocketKind.Process };

    public Route Route() => routing.Find(packet.Destination.Address, _mark, packet.OutInterface);

    public void LoopBack()
    {
        _isLooped = true;
        _hasTemplate = false;
        (In, Out) = ("lo", null);
    }

    public void Apply(Effect? effect)
    {
        switch (effect)
        {
            case Effect.SetMark e:
                _mark = (_mark & ~e.Mask) ^ e.Value;
                break;
            case Effect.SetConnectionMark e when HasEntry:
                _connectionMark = (_connectionMark & ~e.Mask) ^ e.Value;
                break;
            case Effect.SaveMark e when HasEntry:
                _connectionMark = (_connectionMark & ~e.ConnectionMask) ^ (_mark & e.PacketMask);
                break;
            case Effect.RestoreMark e when HasEntry:
                _mark = (_mark & ~e.PacketMask) ^ (_connectionMark & e.ConnectionMask);
                break;
            case Effect.ShiftMark { Unshifted: Effect.SetConnectionMark e, Bits: var bits } when HasEntry:
                _connectionMark = Shift((_connectionMark & ~e.Mask) ^ e.Value, bits);
                break;
            case Effect.ShiftMark { Unshifted: Effect.SaveMark e, Bits: var bits } when HasEntry:
                _connectionMark = (_connectionMark & ~e.ConnectionMask) ^ Shift(_mark & e.PacketMask, bits);
                break;
            case Effect.ShiftMark { Unshifted: Effect.RestoreMark e, Bits: var bits } when HasEntry:
                _mark = (_mark & ~e.PacketMask) ^ Shift(_connectionMark & e.ConnectionMask, bits);
                break;
            case Effect.SetTos e:
                _tos = (byte)((_tos & ~e.Mask) ^ e.Value);
                break;
            case Effect.SetTtl e:
                Ttl = (byte)Math.Clamp(e.IsRelative ? Ttl + e.Value : e.Value, 0, 255);
                break;
            case Effect.Untrack when !HasEntry:
                _isUntracked = true;
                break;
            case Effect.SetZone or Effect.PrepareTracking when !HasEntry && !_isUntracked:
                _hasTemplate = true;
                break;
            case Effect.ChangeTcp or Effect.HashMark or Effect.ChangeSet or Effect.MapPrefix:
                throw new NotToldException();
        }
    }

    private static uint Shift(uint number, int bits) => bits >= 0 ? number << bits : number >> -bits;

    /// <summary>None where the packet lacks the field.</summary>
    public IReadOnlyList<UInt128> ValuesOf(PacketField field) => field switch
    {
        PacketField.Protocol => [packet.Protocol],
        PacketField.Source => [packet.Source.Address.Value],
        PacketField.Destination => [packet.Destination.Address.Value],
        PacketField.SourcePort => Of(packet.Source.Port),
        PacketField.DestinationPort => Of(packet.Destination.Port),
        PacketField.InInterface => [In is null || Hook == Hook.Output ? 0 : InterfaceName.Pack(In)],
        PacketField.OutInterface => [Out is null ? 0 : InterfaceName.Pack(Out)],
        PacketField.TcpFlags => packet.Protocol == IpProtocol.Tcp ? [(uint)packet.TcpFlags] : [],
        PacketField.IcmpTypeCode => IsIcmp ? [(uint)((packet.IcmpType << 8) | packet.IcmpCode)] : [],
        PacketField.Length => Of(packet.Length ?? throw new NotToldException()),
        PacketField.Ttl => [Ttl],
        PacketField.Tos => [_tos],
        PacketField.IsLaterFragment => [packet.IsLaterFragment ? 1u : 0],
        PacketField.MacSource => packet.InInterface is null or "lo" ? [] : [packet.MacSource ?? throw new NotToldException()],
        PacketField.Mark => [_mark],
        PacketField.ConnectionMark => HasEntry ? [_connectionMark] : [],
        PacketField.ConntrackState => [(uint)State],
        PacketField.Uid => IsOfProcess ? [packet.Uid] : [],
        PacketField.Gid => IsOfProcess ? [packet.Gid] : [],
        PacketField.Groups => IsOfProcess ? [packet.Gid, .. packet.Groups.Select(g => (UInt128)g)] : [],
        PacketField.HasSocket => !_isLooped && packet is { InInterface: null, Socket: not SocketKind.None } ? [1] : [],
        PacketField.SourceAddressType => [(uint)routing.TypeOf(packet.Source.Address)],
        PacketField.DestinationAddressType => [(uint)routing.TypeOf(packet.Destination.Address)],
        PacketField.SourceAddressTypeOnIn => [(uint)routing.TypeOf(packet.Source.Address, In)],
        PacketField.DestinationAddressTypeOnIn => [(uint)routing.TypeOf(packet.Destination.Address, In)],
        PacketField.SourceAddressTypeOnOut => [(uint)routing.TypeOf(packet.Source.Address, Out)],
        PacketField.DestinationAddressTypeOnOut => [(uint)routing.TypeOf(packet.Destination.Address, Out)],
        >= PacketField.ConntrackStatus and <= PacketField.ConntrackZone => HasEntry ? OfConnection(field) : [],
        _ => throw new NotToldException(),
    };

    private IReadOnlyList<UInt128> OfConnection(PacketField field)
    {
        if (State == ConntrackState.Related || packet.IsReply)
        {
            throw new NotToldException();
        }
        return field switch
        {
            PacketField.ConntrackStatus => State == ConntrackState.New ? [_isLooped ? (uint)ConntrackStatus.Confirmed : 0] : throw new NotToldException(),
            PacketField.ConntrackDirection => [0],
            PacketField.ConntrackProtocol => [packet.Protocol],
            PacketField.OriginalSource or PacketField.ReplyDestination => [packet.Source.Address.Value],
            PacketField.OriginalDestination or PacketField.ReplySource => [packet.Destination.Address.Value],
            >= PacketField.OriginalSourcePort and <= PacketField.ReplyDestinationPort when !IpProtocol.HasTrackedPorts(packet.Protocol) => throw new NotToldException(),
            PacketField.OriginalSourcePort or PacketField.ReplyDestinationPort => Of(packet.Source.Port),
            PacketField.OriginalDestinationPort or PacketField.ReplySourcePort => Of(packet.Destination.Port),
            _ => throw new NotToldException(),
        };
    }

    private static IReadOnlyList<UInt128> Of(ushort? value) => value is { } known ? [known] : [];
}
