using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Makes a packet of an expression's words, and reports each that makes none.</summary>
internal sealed class PacketReader
{
    private const uint MaxId = uint.MaxValue - 1; // -1 is the kernel's 'no id'

    private readonly SourceText _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly EndpointReader _endpoints;
    private readonly List<(PacketClause Kind, ClauseSyntax Syntax)> _clauses = [];

    private PacketReader(SourceText text, DiagnosticBag diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
        _endpoints = new EndpointReader(text, diagnostics);
    }

    /// <returns>Null after a problem.</returns>
    public static Packet? Read(PacketSyntax syntax, SourceText text, DiagnosticBag diagnostics) =>
        new PacketReader(text, diagnostics).Read(syntax);

    private Packet? Read(PacketSyntax syntax)
    {
        CollectClauses(syntax.Clauses);
        byte? protocol = null;
        Packet? packet = null;
        if (syntax.Header is var (protocols, source, destination))
        {
            protocol = ReadProtocol(protocols);
            if (ReadPair(source, destination, protocol) is { } pair && protocol is { } number && GoesWithFamily(protocols.Words[0], number, pair))
            {
                packet = Start(number, pair);
            }
        }
        // Clauses are read whatever became of the header: all problems are told at once.
        var draft = packet ?? Start(protocol ?? 0, new EndpointPair(default, default));
        var isKnown = packet is not null;
        ReportExclusions();
        foreach (var (kind, clause) in _clauses)
        {
            if (!isKnown || Applies(kind, clause, draft))
            {
                draft = Apply(draft, kind, clause, isKnown, protocol);
            }
        }
        return isKnown ? Complete(draft) : null;
    }

    /// <summary>Whether the expression says so; this is asked before the clauses are read.</summary>
    private bool IsLaterFragment => _clauses.Exists(c => c.Kind == PacketClause.Fragment && c.Syntax.Values?.Single?.Text != "no");

    /// <summary>The protocol of <c>ctproto</c>; null without it.</summary>
    private byte? ConnectionProtocol =>
        _clauses.Find(c => c.Kind == PacketClause.CtProto).Syntax?.Values?.Single is { } word ? ClauseWords.FindProtocol(word.Text) : null;

    private bool IsGiven(PacketClause kind) => _clauses.Exists(c => c.Kind == kind);

    private void CollectClauses(ImmutableArray<ClauseSyntax> clauses)
    {
        foreach (var clause in clauses)
        {
            var kind = ClauseNames.Find(clause.Name.Text) ?? throw new UnreachableException();
            var earlier = _clauses.Find(c => c.Kind == kind).Syntax;
            if (earlier is null || kind == PacketClause.Match)
            {
                _clauses.Add((kind, clause));
            }
            else if (kind == PacketClause.Tos && earlier.Name.Text != clause.Name.Text)
            {
                Report(PacketDiagnostics.ClausesExclude, clause.Name, earlier.Name.Text);
            }
            else
            {
                Report(PacketDiagnostics.RepeatedClause, clause.Name);
            }
        }
    }

    private byte? ReadProtocol(ListSyntax list)
    {
        if (list.Single is not { } word || word.Text is "*" or "any" or "all" or "ip" or "0")
        {
            Report(PacketDiagnostics.ManyPackets, new Word(list.Text, list.Span), "protocol");
            return null;
        }
        if (ClauseWords.FindProtocol(word.Text) is { } number)
        {
            return number;
        }
        Report(PacketDiagnostics.UnknownProtocol, word, ClauseWords.SuggestProtocol(word.Text));
        return null;
    }

    private EndpointPair? ReadPair(ListSyntax source, ListSyntax destination, byte? protocol)
    {
        var isFragment = IsLaterFragment;
        var from = _endpoints.Read(source, protocol, isFragment);
        var to = _endpoints.Read(destination, protocol, isFragment);
        if (from is not { } s || to is not { } d)
        {
            return null;
        }
        if (s.Address.Family == d.Address.Family)
        {
            return new EndpointPair(s, d);
        }
        var word = destination.Words[0];
        var address = word.Part(0, d.Port is null ? word.Text.Length : word.Text.LastIndexOf(':'));
        Report(PacketDiagnostics.MixedFamilies, address, FamilyName(d.Address.Family), FamilyName(s.Address.Family));
        return null;
    }

    private bool GoesWithFamily(Word word, byte protocol, EndpointPair pair)
    {
        var family = pair.Source.Address.Family;
        var other = (protocol, family) switch
        {
            // A number is meant as it is written.
            _ when char.IsAsciiDigit(word.Text[0]) => null,
            (IpProtocol.Icmp, Family.IPv6) => "icmpv6",
            (IpProtocol.IcmpV6, Family.IPv4) => "icmp",
            _ => null,
        };
        if (other is not null)
        {
            Report(PacketDiagnostics.ProtocolOfOtherFamily, word, FamilyName(family), other);
        }
        return other is null;
    }

    private static Packet Start(byte protocol, EndpointPair pair) => new()
    {
        Protocol = protocol,
        Source = pair.Source,
        Destination = pair.Destination,
        IcmpType = protocol switch { IpProtocol.Icmp => 8, IpProtocol.IcmpV6 => 128, _ => 0 }, // echo-request
    };

    private void ReportExclusions()
    {
        var process = _clauses.Find(c => c.Kind is PacketClause.Uid or PacketClause.Gid or PacketClause.Groups).Syntax;
        var socket = _clauses.Find(c => c.Kind == PacketClause.Socket).Syntax;
        if (process is not null && socket is not null)
        {
            Report(PacketDiagnostics.ClausesExclude, socket.Name, process.Name.Text);
        }
    }

    /// <summary>Whether a packet such as this can have what the clause says.</summary>
    private bool Applies(PacketClause kind, ClauseSyntax clause, Packet packet)
    {
        var isArriving = IsGiven(PacketClause.In);
        var isFragment = IsLaterFragment;
        var reason = kind switch
        {
            PacketClause.Uid or PacketClause.Gid or PacketClause.Groups or PacketClause.Socket when isArriving =>
                "a packet that arrives ('in') has no socket here",
            PacketClause.Mac or PacketClause.PhysIn when !isArriving => "only a packet that arrives ('in') has it",
            PacketClause.Flags or PacketClause.Options or PacketClause.Mss when packet.Protocol != IpProtocol.Tcp =>
                $"only TCP has it, not {ClauseWords.PrintProtocol(packet.Protocol, packet.Family)}",
            PacketClause.Type when packet.Protocol is not (IpProtocol.Icmp or IpProtocol.IcmpV6) =>
                $"only ICMP has it, not {ClauseWords.PrintProtocol(packet.Protocol, packet.Family)}",
            PacketClause.Flags or PacketClause.Options or PacketClause.Mss or PacketClause.Chunks or PacketClause.Type when isFragment =>
                "a later fragment carries no such header",
            PacketClause.Frame when !isArriving => "only a packet that arrives ('in') comes in a frame",
            PacketClause.Chunks when packet.Protocol != IpProtocol.Sctp =>
                $"only SCTP has it, not {ClauseWords.PrintProtocol(packet.Protocol, packet.Family)}",
            PacketClause.MarkDifference => "of a packet, 'mark' and 'ctmark' say it",
            PacketClause.Bridged => "of a packet, 'physin' and 'physout' say it",
            >= PacketClause.SrcType => "of a packet, the host facts decide it",
            PacketClause.ExtHdr when packet.Family == Family.IPv4 => "only IPv6 has extension headers",
            PacketClause.ExtHdr when clause.Values?.Words.Any(word => ClauseWords.IsLastHeader(word.Text) && word.Text != ClauseWords.LastHeader(packet.Protocol)) == true =>
                $"what comes last is the protocol, which of {ClauseWords.PrintProtocol(packet.Protocol, packet.Family)} is '{ClauseWords.LastHeader(packet.Protocol)}'",
            _ => null,
        };
        if (reason is not null)
        {
            Report(PacketDiagnostics.ClauseDoesNotApply, clause.Name, reason);
        }
        return reason is null;
    }

    private Packet Apply(Packet packet, PacketClause kind, ClauseSyntax clause, bool isKnown, byte? protocol)
    {
        var values = new ValueReader(_text, _diagnostics, clause);
        return kind switch
        {
            PacketClause.In => packet with { InInterface = values.Interface() },
            PacketClause.Out => packet with { OutInterface = values.Interface() },
            PacketClause.PhysIn => packet with { PhysicalIn = values.Interface() },
            PacketClause.PhysOut => packet with { PhysicalOut = values.Interface() },
            PacketClause.Uid => packet with { Socket = SocketKind.Process, Uid = values.Number(MaxId) ?? 0 },
            PacketClause.Gid => packet with { Socket = SocketKind.Process, Gid = values.Number(MaxId) ?? 0 },
            PacketClause.Groups => packet with
            {
                Socket = SocketKind.Process,
                Groups = values.List(w => ValueReader.ParseNumber(w, MaxId)) ?? [],
            },
            PacketClause.Socket => packet with { Socket = values.Choice(FindSocket) ?? SocketKind.None },
            PacketClause.State => packet with { State = values.Choice(ClauseWords.FindState) ?? ConntrackState.New },
            PacketClause.Dir => packet with { IsReply = values.Choice(FindDirection) ?? false },
            PacketClause.CtStatus => packet with
            {
                Status = values.List(ClauseWords.FindStatus)?.Aggregate(ConntrackStatus.None, (all, one) => all | one),
            },
            PacketClause.Mark => packet with { Mark = values.MaskedNumber() ?? packet.Mark },
            PacketClause.CtMark => packet with { ConnectionMark = values.MaskedNumber() ?? packet.ConnectionMark },
            PacketClause.Zone => packet with { Zone = (ushort)(values.Number(ushort.MaxValue) ?? 0) },
            PacketClause.CtProto => packet with { ConnectionProtocol = values.Choice(ClauseWords.FindProtocol) },
            PacketClause.CtRepl => packet with { Reply = ReadPair(clause, packet, isKnown, ConnectionProtocol ?? protocol) },
            PacketClause.CtOrig => packet with { Original = ReadPair(clause, packet, isKnown, ConnectionProtocol ?? protocol) },
            PacketClause.Nat => packet with { Translation = ReadPair(clause, packet, isKnown, protocol) },
            PacketClause.Flags => packet with
            {
                TcpFlags = values.List(ClauseWords.FindFlag)?.Aggregate(TcpFlags.None, (all, one) => all | one) ?? packet.TcpFlags,
            },
            PacketClause.Options => packet with { TcpOptions = ReadKinds(values) ?? [] },
            PacketClause.Chunks => packet with { SctpChunks = ReadKinds(values) },
            PacketClause.Mss => packet with { MaximumSegmentSize = (ushort?)values.Number(ushort.MaxValue) },
            PacketClause.Type => ReadType(packet, values, isKnown),
            PacketClause.Length => packet with { Length = (ushort?)values.Number(ushort.MaxValue) },
            PacketClause.Ttl => packet with { Ttl = (byte)(values.Number(byte.MaxValue) ?? packet.Ttl) },
            PacketClause.Tos => packet with { Tos = clause.Name.Text == "dscp" ? ReadDscp(values) : (byte)(values.Number(byte.MaxValue) ?? 0) },
            PacketClause.Fragment => packet with { IsLaterFragment = clause.Values is null || values.Choice(ClauseWords.FindYes) != false },
            PacketClause.Frame => packet with { FrameKind = values.Choice(ClauseWords.FindFrameKind) },
            PacketClause.ExtHdr => packet with
            {
                ExtensionHeaders = values.Texts(ClauseWords.IsExtensionHeader) ?? [],
            },
            PacketClause.Mac => packet with { MacSource = values.Choice(ClauseWords.FindMac) },
            PacketClause.InSet => packet with { Sets = values.Texts(name => name.Length > 0) ?? [] },
            PacketClause.Match => packet with { Matches = values.Text() is { } text ? packet.Matches.Add(text) : packet.Matches },
            >= PacketClause.SrcType => packet, // reported
            _ => throw new UnreachableException(),
        };
    }

    private EndpointPair? ReadPair(ClauseSyntax clause, Packet packet, bool isKnown, byte? protocol)
    {
        if (clause.Endpoints is not var (source, destination) || ReadPair(source, destination, protocol) is not { } pair)
        {
            return null;
        }
        if (isKnown && pair.Source.Address.Family != packet.Family)
        {
            Report(PacketDiagnostics.MixedFamilies, source.Words[0], FamilyName(pair.Source.Address.Family), FamilyName(packet.Family));
            return null;
        }
        return pair;
    }

    private static Packet ReadType(Packet packet, ValueReader values, bool isKnown)
    {
        if (!isKnown || values.Choice(w => ClauseWords.FindIcmpType(packet.Family, w)) is not var (type, code))
        {
            return packet;
        }
        return packet with { IcmpType = type, IcmpCode = code ?? 0 };
    }

    /// <summary>Numbers of options or chunks; <c>NONE</c> is none.</summary>
    private static ImmutableArray<byte>? ReadKinds(ValueReader values) =>
        values.List(w => w == "NONE" ? byte.MaxValue + 1 : ValueReader.ParseNumber(w, byte.MaxValue)) is { } kinds
            ? [.. kinds.Where(k => k <= byte.MaxValue).Select(k => (byte)k).Distinct().Order()]
            : null;

    private static byte ReadDscp(ValueReader values) =>
        (byte)((values.Choice(w => ClauseWords.FindDscp(w) ?? ValueReader.ParseNumber(w, 63)) ?? 0) << 2);

    private static SocketKind? FindSocket(string word) => word switch
    {
        "none" => SocketKind.None,
        "kernel" => SocketKind.Kernel,
        _ => null,
    };

    private static bool? FindDirection(string word) => word.ToLowerInvariant() switch
    {
        "original" => false,
        "reply" => true,
        _ => null,
    };

    private Packet Complete(Packet packet)
    {
        var given = ImmutableArray.CreateBuilder<PacketClause>(_clauses.Count + 1);
        foreach (var (kind, clause) in _clauses)
        {
            if (!given.Contains(kind))
            {
                given.Add(kind);
            }
            if (kind == PacketClause.Type && packet.IcmpCode == 0 && clause.Values?.Single is { } value && value.Text.Contains('/'))
            {
                given.Add(PacketClause.TypeCode);
            }
        }
        return packet with { GivenClauses = given.DrainToImmutable() };
    }

    private static string FamilyName(Family family) => family == Family.IPv4 ? "IPv4" : "IPv6";

    private void Report(DiagnosticDescriptor descriptor, Word word, params ReadOnlySpan<string> more) =>
        _diagnostics.Report(descriptor.At(new Location(_text, word.Span), [word.Text, .. more]));
}
