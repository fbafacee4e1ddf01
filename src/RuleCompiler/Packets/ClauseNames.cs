using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>The words that begin clauses.</summary>
internal static class ClauseNames
{
    private static readonly ImmutableArray<(string Name, PacketClause Clause)> All =
    [
        ("in", PacketClause.In), ("out", PacketClause.Out), ("uid", PacketClause.Uid), ("gid", PacketClause.Gid),
        ("groups", PacketClause.Groups), ("socket", PacketClause.Socket), ("state", PacketClause.State),
        ("dir", PacketClause.Dir), ("ctstatus", PacketClause.CtStatus), ("mark", PacketClause.Mark),
        ("ctmark", PacketClause.CtMark), ("zone", PacketClause.Zone), ("ctorig", PacketClause.CtOrig),
        ("ctproto", PacketClause.CtProto), ("ctrepl", PacketClause.CtRepl), ("nat", PacketClause.Nat), ("flags", PacketClause.Flags), ("options", PacketClause.Options),
        ("mss", PacketClause.Mss), ("chunks", PacketClause.Chunks), ("type", PacketClause.Type), ("length", PacketClause.Length),
        ("ttl", PacketClause.Ttl), ("hl", PacketClause.Ttl), ("tos", PacketClause.Tos), ("dscp", PacketClause.Tos),
        ("fragment", PacketClause.Fragment), ("exthdr", PacketClause.ExtHdr), ("mac", PacketClause.Mac), ("frame", PacketClause.Frame),
        ("physin", PacketClause.PhysIn), ("physout", PacketClause.PhysOut), ("in-set", PacketClause.InSet),
        ("match", PacketClause.Match),
        ("srctype", PacketClause.SrcType), ("srctype@in", PacketClause.SrcTypeOnIn), ("srctype@out", PacketClause.SrcTypeOnOut),
        ("dsttype", PacketClause.DstType), ("dsttype@in", PacketClause.DstTypeOnIn), ("dsttype@out", PacketClause.DstTypeOnOut),
        ("rcvsocket", PacketClause.RcvSocket), ("bridged", PacketClause.Bridged), ("mark^ctmark", PacketClause.MarkDifference),
    ];

    /// <summary>All words that begin clauses, in the order of the clauses.</summary>
    public static ImmutableArray<(string Name, PacketClause Clause)> InOrder { get; } = [.. All.OrderBy(c => c.Clause)];

    // What people write who think of the rule, or of another tool.
    private static readonly ImmutableArray<(string Word, string Name)> Synonyms =
    [
        ("user", "uid"), ("owner", "uid"), ("group", "gid"), ("iif", "in"), ("iface", "in"), ("interface", "in"),
        ("oif", "out"), ("via", "out"), ("ctstate", "state"), ("connmark", "ctmark"), ("fwmark", "mark"),
        ("icmp-type", "type"), ("tcp-flags", "flags"), ("syn", "flags"), ("hoplimit", "hl"), ("frag", "fragment"),
        ("set", "in-set"), ("size", "length"), ("direction", "dir"), ("uid-owner", "uid"), ("gid-owner", "gid"),
        ("match-set", "in-set"), ("mac-source", "mac"), ("physdev-in", "physin"), ("physdev-out", "physout"),
        ("in-interface", "in"), ("out-interface", "out"), ("src-type", "srctype"), ("dst-type", "dsttype"),
        ("pkt-type", "frame"), ("chunk-types", "chunks"), ("tcp-option", "options"), ("ctdir", "dir"), ("protocol", "ctproto"),
    ];

    /// <summary>The clause that a word begins; null for another word.</summary>
    public static PacketClause? Find(string name)
    {
        foreach (var (known, clause) in All)
        {
            if (known == name)
            {
                return clause;
            }
        }
        return null;
    }

    /// <summary>The word that begins a clause.</summary>
    public static string Of(PacketClause clause)
    {
        foreach (var (name, known) in All)
        {
            if (known == clause)
            {
                return name;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(clause));
    }

    /// <summary><c>; did you mean 'uid'?</c>, or nothing.</summary>
    public static string Suggest(string word)
    {
        var bare = word.TrimStart('-');
        var (name, rest) = bare.IndexOfAny(['=', ':']) is var end and > 0 ? (bare[..end], bare[(end + 1)..]) : (bare, "");
        if (rest.Length > 0 && Find(name) is not null)
        {
            return $"; did you mean '{name} {rest}'?";
        }
        foreach (var (synonym, meant) in Synonyms)
        {
            if (synonym.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return $"; did you mean '{meant}'?";
            }
        }
        return Suggestion.For(name, All.Select(c => c.Name));
    }

    /// <summary>What a clause of a packet has behind its name, in words.</summary>
    public static string Needs(string name) => name switch
    {
        "in" or "out" or "physin" or "physout" => "the name of an interface, at most 15 bytes",
        "uid" or "gid" => "a number from 0 to 4294967294",
        "groups" => "numbers from 0 to 4294967294, with commas between them",
        "socket" => "'none' or 'kernel' (a process's is said by 'uid' and 'gid')",
        "state" => "one of NEW, ESTABLISHED, RELATED, INVALID, UNTRACKED",
        "dir" => "'original' or 'reply'",
        "ctstatus" => "EXPECTED, SEEN_REPLY, ASSURED, CONFIRMED, SNAT, DNAT, with commas between them, or NONE",
        "mark" or "ctmark" or "mark^ctmark" => "a 32-bit number, or NUMBER/MASK where only the bits of the mask are known",
        "zone" or "mss" or "length" => "a number from 0 to 65535",
        "flags" => "SYN, FIN, RST, PSH, ACK, URG, ECE, CWR, with commas between them, or NONE",
        "options" or "chunks" => "numbers from 0 to 255, with commas between them",
        "type" => "a type from 0 to 255, with its code as TYPE/CODE, or a name that iptables has for it",
        "ttl" or "hl" or "tos" => "a number from 0 to 255",
        "ctproto" => "a protocol",
        "fragment" => "'yes' or 'no', or nothing",
        "bridged" => "'yes' or 'no'",
        "frame" => "'unicast', 'broadcast' or 'multicast'",
        "dscp" => "a number from 0 to 63, or a class such as EF, AF11, CS1",
        "exthdr" => "hop, dst, route, frag, auth, esp, none, prot, with commas between them",
        "mac" => "six bytes in hexadecimal, AA:BB:CC:DD:EE:FF",
        "in-set" => "names of sets, with commas between them",
        "match" => "an option text in quotes",
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
