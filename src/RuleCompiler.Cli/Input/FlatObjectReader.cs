using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads the packet of a flat JSON object of the usual fields and values, straight from its bytes.</summary>
/// <remarks>
/// It takes what needs no thought: known names in their usual case, plain texts without escapes, numbers without signs.
/// Of anything else, errors included, it says nothing, and the general reader decides. Where it gives a packet, the
/// general reader gives the same. Names are compared as a whole, blanks and all, first with the one that stood in the
/// same place of a line before.
/// </remarks>
internal sealed class FlatObjectReader
{
    private const uint MaxId = uint.MaxValue - 1;
    private const byte DefaultTtl = 64;

    /// <summary>Each field behind a brace and behind a comma, and some of them with blanks.</summary>
    private const int MaxNames = 64;

    private static readonly PacketClause[] GivenInOrder =
    [
        PacketClause.In, PacketClause.Out, PacketClause.Uid, PacketClause.Gid, PacketClause.State, PacketClause.Mark,
        PacketClause.Flags, PacketClause.Length, PacketClause.Ttl,
    ];

    /// <summary>The clauses given, by a bit for each of <see cref="GivenInOrder"/>.</summary>
    private static readonly ImmutableArray<PacketClause>[] Given =
    [
        .. Enumerable.Range(0, 1 << GivenInOrder.Length)
            .Select(bits => GivenInOrder.Where((_, i) => (bits & (1 << i)) != 0).ToImmutableArray()),
    ];

    private readonly KeptWords<string> _interfaces = new(word => (IsUsualInterface(word), word));
    private readonly KeptWords<byte> _protocols = new(word => Found(ClauseWords.FindProtocol(word)));
    private readonly KeptWords<ConntrackState> _states = new(word => Found(ClauseWords.FindState(word)));
    private readonly KeptWords<TcpFlags> _flags = new(FindFlags);

    /// <summary>What stood before values, from the brace or comma on, and the fields it names.</summary>
    private readonly List<(byte[] Text, Field Field)> _names = [];

    /// <summary>By place in a line, which of the names stood there last.</summary>
    private readonly int[] _expected = new int[(int)Field.Unknown];

    /// <summary>Those of clauses first, in their order.</summary>
    private enum Field
    {
        In,
        Out,
        Uid,
        Gid,
        State,
        Mark,
        Flags,
        Length,
        Ttl,
        Protocol,
        Source,
        Destination,
        SourcePort,
        DestinationPort,
        Unknown,
    }

    /// <returns>Null where the line is for the general reader.</returns>
    public Packet? Read(ReadOnlySpan<byte> line)
    {
        var draft = default(Draft);
        var rest = SkipBlanks(line);
        if (rest is not [(byte)'{', ..])
        {
            return null;
        }
        var place = 0;
        do
        {
            if (!TryReadName(ref rest, place++, out var field) || !TryReadValue(ref rest, out var value)
                || !TryAdd(ref draft, field, value))
            {
                return null;
            }
            rest = SkipBlanks(rest);
        }
        while (rest is [(byte)',', ..]);
        return rest is [(byte)'}', .. var behind] && SkipBlanks(behind).IsEmpty ? Complete(draft) : null;
    }

    /// <summary>The field that is named next, with all that stands before its value.</summary>
    private bool TryReadName(ref ReadOnlySpan<byte> rest, int place, out Field field)
    {
        field = Field.Unknown;
        if (place == _expected.Length)
        {
            return false; // one of them is there twice
        }
        if (_expected[place] < _names.Count && TryReadName(ref rest, _names[_expected[place]], out field))
        {
            return true;
        }
        for (var index = 0; index < _names.Count; index++)
        {
            if (TryReadName(ref rest, _names[index], out field))
            {
                _expected[place] = index;
                return true;
            }
        }
        var before = rest;
        rest = SkipBlanks(rest[1..]); // the brace or the comma
        if (!TryReadText(ref rest, out var name) || !TrySkip(ref rest, (byte)':'))
        {
            return false;
        }
        field = FindField(name);
        if (field != Field.Unknown && _names.Count < MaxNames)
        {
            _expected[place] = _names.Count;
            _names.Add((before[..^rest.Length].ToArray(), field));
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadName(ref ReadOnlySpan<byte> rest, (byte[] Text, Field Field) name, out Field field)
    {
        field = name.Field;
        if (!rest.StartsWith(name.Text))
        {
            return false;
        }
        rest = rest[name.Text.Length..];
        return true;
    }

    private static Field FindField(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("protocol"u8) || name.SequenceEqual("proto"u8) => Field.Protocol,
        _ when name.SequenceEqual("source"u8) || name.SequenceEqual("src"u8) => Field.Source,
        _ when name.SequenceEqual("sourcePort"u8) || name.SequenceEqual("sport"u8) => Field.SourcePort,
        _ when name.SequenceEqual("destination"u8) || name.SequenceEqual("dst"u8) => Field.Destination,
        _ when name.SequenceEqual("destinationPort"u8) || name.SequenceEqual("dport"u8) => Field.DestinationPort,
        _ when name.SequenceEqual("in"u8) => Field.In,
        _ when name.SequenceEqual("out"u8) => Field.Out,
        _ when name.SequenceEqual("uid"u8) => Field.Uid,
        _ when name.SequenceEqual("gid"u8) => Field.Gid,
        _ when name.SequenceEqual("state"u8) => Field.State,
        _ when name.SequenceEqual("mark"u8) => Field.Mark,
        _ when name.SequenceEqual("flags"u8) => Field.Flags,
        _ when name.SequenceEqual("length"u8) => Field.Length,
        _ when name.SequenceEqual("ttl"u8) => Field.Ttl,
        _ => Field.Unknown,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> rest)
    {
        while (rest is [(byte)' ', ..])
        {
            rest = rest[1..];
        }
        return rest;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, byte wanted)
    {
        rest = SkipBlanks(rest);
        if (rest.IsEmpty || rest[0] != wanted)
        {
            return false;
        }
        rest = rest[1..];
        return true;
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (rest.IsEmpty || rest[0] != '"')
        {
            return false;
        }
        var behind = rest[1..];
        var end = behind.IndexOf((byte)'"');
        if (end < 0)
        {
            return false;
        }
        text = behind[..end];
        rest = behind[(end + 1)..];
        return true;
    }

    /// <summary>A text, or the digits of a number.</summary>
    private static bool TryReadValue(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        rest = SkipBlanks(rest);
        if (TryReadText(ref rest, out value))
        {
            return true;
        }
        var length = 0; // numbers are short: no call pays
        while (length < rest.Length && char.IsAsciiDigit((char)rest[length]))
        {
            length++;
        }
        value = rest[..length];
        rest = rest[length..];
        return length > 0;
    }

    private bool TryAdd(ref Draft draft, Field field, ReadOnlySpan<byte> value)
    {
        if (field == Field.Unknown || draft.Has(field))
        {
            return false;
        }
        draft.Fields |= 1 << (int)field;
        return field switch
        {
            Field.Protocol => _protocols.TryRead(value, out draft.Protocol),
            Field.Source => AsciiValue.TryReadAddress(value, out draft.Source),
            Field.Destination => AsciiValue.TryReadAddress(value, out draft.Destination),
            Field.SourcePort => AsciiValue.TryReadNumber(value, ushort.MaxValue, out draft.SourcePort),
            Field.DestinationPort => AsciiValue.TryReadNumber(value, ushort.MaxValue, out draft.DestinationPort),
            Field.In => _interfaces.TryRead(value, out draft.In),
            Field.Out => _interfaces.TryRead(value, out draft.Out),
            Field.State => _states.TryRead(value, out draft.State),
            Field.Mark => AsciiValue.TryReadNumber(value, uint.MaxValue, out draft.Mark),
            Field.Flags => _flags.TryRead(value, out draft.Flags),
            Field.Length => AsciiValue.TryReadNumber(value, ushort.MaxValue, out draft.Length),
            Field.Ttl => AsciiValue.TryReadNumber(value, byte.MaxValue, out draft.Ttl),
            Field.Uid => AsciiValue.TryReadNumber(value, MaxId, out draft.Uid),
            _ => AsciiValue.TryReadNumber(value, MaxId, out draft.Gid),
        };
    }

    private static (bool IsKnown, T Value) Found<T>(T? found)
        where T : struct => (found is not null, found.GetValueOrDefault());

    private static (bool IsKnown, TcpFlags Flags) FindFlags(string list)
    {
        var all = TcpFlags.None;
        foreach (var word in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (ClauseWords.FindFlag(word) is not { } flag)
            {
                return (false, all);
            }
            all |= flag;
        }
        return (true, all);
    }

    private static bool IsUsualInterface(string name) =>
        name.Length is > 0 and <= InterfaceName.MaxBytes
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');

    private static Packet? Complete(in Draft draft)
    {
        var hasPorts = IpProtocol.HasPorts(draft.Protocol);
        var family = draft.Source.Family;
        var isWhole = draft.Has(Field.Protocol) && draft.Has(Field.Source) && draft.Has(Field.Destination)
            && draft.Has(Field.SourcePort) == hasPorts && draft.Has(Field.DestinationPort) == hasPorts
            && draft.Destination.Family == family
            && draft.Protocol != (family == Family.IPv4 ? IpProtocol.IcmpV6 : IpProtocol.Icmp)
            && !(draft.Has(Field.In) && (draft.Has(Field.Uid) || draft.Has(Field.Gid)))
            && (draft.Protocol == IpProtocol.Tcp || !draft.Has(Field.Flags));
        return !isWhole ? null : new Packet
        {
            Protocol = draft.Protocol,
            Source = new Endpoint(draft.Source, hasPorts ? (ushort)draft.SourcePort : null),
            Destination = new Endpoint(draft.Destination, hasPorts ? (ushort)draft.DestinationPort : null),
            IcmpType = draft.Protocol switch { IpProtocol.Icmp => 8, IpProtocol.IcmpV6 => 128, _ => 0 }, // echo-request
            InInterface = draft.In,
            OutInterface = draft.Out,
            Socket = draft.Has(Field.Uid) || draft.Has(Field.Gid) ? SocketKind.Process : SocketKind.None,
            Uid = draft.Uid,
            Gid = draft.Gid,
            State = draft.Has(Field.State) ? draft.State : ConntrackState.New,
            Mark = MaskedNumber.Exact(draft.Mark),
            TcpFlags = draft.Has(Field.Flags) ? draft.Flags : TcpFlags.Syn,
            Length = draft.Has(Field.Length) ? (ushort)draft.Length : null,
            Ttl = draft.Has(Field.Ttl) ? (byte)draft.Ttl : DefaultTtl,
            GivenClauses = Given[draft.Fields & (Given.Length - 1)],
        };
    }

    /// <summary>What was read so far.</summary>
    private struct Draft
    {
        public int Fields;
        public byte Protocol;
        public IpAddress Source;
        public IpAddress Destination;
        public uint SourcePort;
        public uint DestinationPort;
        public uint Uid;
        public uint Gid;
        public uint Mark;
        public uint Length;
        public uint Ttl;
        public ConntrackState State;
        public TcpFlags Flags;
        public string? In;
        public string? Out;

        public readonly bool Has(Field field) => (Fields & (1 << (int)field)) != 0;
    }
}
