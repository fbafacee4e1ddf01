using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Reads the values that a clause of a space allows.</summary>
/// <remarks>
/// Every list may hold <c>*</c> (any value) and <c>none</c> (the packet has no such field). <c>!</c> takes all other values;
/// of <c>uid</c> and <c>gid</c> also packets without, as the kernel's negated test does.
/// </remarks>
internal sealed class SpaceSetReader(SourceText text, DiagnosticBag diagnostics)
{
    /// <returns>Null after a problem.</returns>
    public Condition? Read(PacketClause kind, ClauseSyntax clause, Family? family)
    {
        if (clause.Values is not { } list)
        {
            diagnostics.Report(PacketDiagnostics.MissingValue.At(
                new Location(text, clause.Name.Span), clause.Name.Text, SpaceWords.Needs(clause.Name.Text)));
            return null;
        }
        if (list.Alternatives.Length > 1 && !IsOfBits(kind))
        {
            ReportBad(clause, new Word(list.Text, list.Span));
            return null;
        }
        if (kind is PacketClause.Mark or PacketClause.CtMark or PacketClause.MarkDifference)
        {
            return ReadMark(kind, clause, list);
        }
        var field = FieldOf(kind);
        var intervals = new List<Interval>();
        var isAbsent = false;
        foreach (var alternative in list.Alternatives)
        {
            var words = IsOfBits(kind) ? [Joined(alternative)] : alternative;
            foreach (var word in words)
            {
                if (word is { IsQuoted: false, Text: "none" })
                {
                    isAbsent = true;
                }
                else if (word is { IsQuoted: false, Text: "*" })
                {
                    intervals.Add(new Interval(0, UInt128.MaxValue));
                }
                else if (ReadValues(kind, clause.Name.Text, word, family) is { } read)
                {
                    intervals.AddRange(read);
                }
                else
                {
                    ReportBad(clause, word);
                    return null;
                }
            }
        }
        return Condition.Field(field, SetOf(field, intervals, isAbsent, list.Bang is not null));
    }

    private static FieldSet SetOf(PacketField field, List<Interval> intervals, bool isAbsent, bool isNegated)
    {
        if (field is PacketField.InInterface or PacketField.OutInterface)
        {
            // 0 is 'no such interface', which no name is.
            var named = FieldSet.Union(isNegated ? FieldSet.Union(intervals).Complement(UInt128.MaxValue).Ranges : intervals);
            var names = named.Ranges.Where(range => range.High > 0).Select(range => range with { Low = UInt128.Max(range.Low, 1) });
            return FieldSet.Union(isAbsent && !isNegated ? names.Append(new Interval(0, 0)) : names);
        }
        var set = FieldSet.Union(intervals).WithAbsent(isAbsent);
        if (!isNegated)
        {
            return set;
        }
        var others = set.Complement(PacketFieldInfo.Max(field));
        return field is PacketField.Uid or PacketField.Gid ? others : others.WithAbsent(false);
    }

    private static IEnumerable<Interval>? ReadValues(PacketClause kind, string name, Word word, Family? family) => kind switch
    {
        PacketClause.In or PacketClause.Out or PacketClause.PhysIn or PacketClause.PhysOut => SpaceWords.Interface(word),
        PacketClause.Uid or PacketClause.Gid => SpaceWords.Range(word.Text, One(ClauseWords.FindNumber)),
        PacketClause.Zone or PacketClause.Mss or PacketClause.Length => SpaceWords.Range(word.Text, Number(ushort.MaxValue)),
        PacketClause.Ttl => SpaceWords.Range(word.Text, Number(byte.MaxValue)),
        PacketClause.Tos when name == "dscp" => SpaceWords.Range(word.Text, Dscp),
        PacketClause.Tos => SpaceWords.Range(word.Text, Number(byte.MaxValue)),
        PacketClause.Mac => SpaceWords.Range(word.Text, mac => ClauseWords.FindMac(mac) is { } value ? new Interval(value, value) : null),
        PacketClause.CtProto => SpaceWords.Range(word.Text, Number(byte.MaxValue)) ?? SpaceWords.Range(word.Text, One(w => ClauseWords.FindProtocol(w))),
        PacketClause.Type => IcmpTypes(word.Text, family),
        PacketClause.State => SpaceWords.Single(ClauseWords.FindState(word.Text) is { } state ? (int)state : null),
        PacketClause.Frame => SpaceWords.Single(ClauseWords.FindFrameKind(word.Text) is { } frame ? (int)frame : null),
        PacketClause.Dir => SpaceWords.Single(word.Text.ToLowerInvariant() switch { "original" => 0, "reply" => 1, _ => null }),
        PacketClause.Fragment or PacketClause.Bridged => SpaceWords.Single(ClauseWords.FindYes(word.Text) is { } yes ? (yes ? 1 : 0) : null),
        PacketClause.Flags => SpaceWords.Bits(word.Text, byte.MaxValue, flag => (uint?)ClauseWords.FindFlag(flag)),
        PacketClause.CtStatus => SpaceWords.Bits(word.Text, 63, status => (uint?)ClauseWords.FindStatus(status)),
        PacketClause.RcvSocket => SpaceWords.Bits(word.Text, 7, bit => FieldNames.FindBit(PacketField.ReceivingSocket, bit)),
        >= PacketClause.SrcType and <= PacketClause.DstTypeOnOut => SpaceWords.AddressTypes(word.Text),
        _ => throw new UnreachableException(),
    };

    private static Func<string, Interval?> One(Func<string, uint?> find) => word => find(word) is { } value ? new Interval(value, value) : null;

    private static Func<string, Interval?> Number(uint max) =>
        One(word => ClauseWords.FindNumber(word) is { } number && number <= max ? number : null);

    /// <summary>Six bits, each value of which is four of the whole field.</summary>
    private static Interval? Dscp(string word) =>
        (ClauseWords.FindDscp(word) ?? ClauseWords.FindNumber(word)) is { } value and <= 63 ? new Interval(value << 2, (value << 2) | 3) : null;

    private static IEnumerable<Interval>? IcmpTypes(string word, Family? family)
    {
        var found = SpaceWords.Range(word, part => IcmpType(part, family ?? Family.IPv4));
        return found ?? (IcmpType(word, family ?? Family.IPv4) is { } named ? [named] : null);
    }

    private static Interval? IcmpType(string word, Family family) => ClauseWords.FindIcmpType(family, word) switch
    {
        (var type, null) => new Interval((UInt128)(type << 8), (UInt128)((type << 8) | byte.MaxValue)),
        (var type, { } code) => new Interval((UInt128)((type << 8) | code), (UInt128)((type << 8) | code)),
        null => null,
    };

    private Condition? ReadMark(PacketClause kind, ClauseSyntax clause, ListSyntax list)
    {
        var field = FieldOf(kind);
        var parts = ImmutableArray.CreateBuilder<Condition>();
        foreach (var word in list.Words)
        {
            if (word.Text == "none")
            {
                parts.Add(Condition.Field(field, FieldSet.Empty.WithAbsent(true)));
                continue;
            }
            if (word.Text == "*")
            {
                parts.Add(Condition.Field(field, FieldSet.Present));
                continue;
            }
            if (ReadMark(field, word.Text) is not { } part)
            {
                ReportBad(clause, word);
                return null;
            }
            parts.Add(part);
        }
        var union = Condition.AnyOf([.. parts]);
        return list.Bang is null ? union : Condition.AllOf(Condition.Field(field, FieldSet.Present), Condition.Not(union));
    }

    /// <summary><c>VALUE/MASK</c>, and behind a dash each what is not meant: <c>0x1/0x3-0x1-0x5</c>.</summary>
    private static Condition? ReadMark(PacketField field, string word)
    {
        var tests = new List<Condition>();
        foreach (var text in word.Split('-'))
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var mask = slash < 0 ? uint.MaxValue : ClauseWords.FindNumber(text[(slash + 1)..]);
            if (ClauseWords.FindNumber(slash < 0 ? text : text[..slash]) is not { } value || mask is not { } bits)
            {
                return null;
            }
            var test = Condition.Field(field, FieldSet.Masked(value & bits, bits, 32));
            tests.Add(tests.Count == 0 ? test : Condition.Not(test));
        }
        return Condition.AllOf([.. tests]);
    }

    private static Word Joined(ImmutableArray<Word> words) => words.Length == 1 ? words[0]
        : new Word(string.Join(',', words.Select(word => word.Text)), TextSpan.FromBounds(words[0].Span.Start, words[^1].Span.End));

    private static bool IsOfBits(PacketClause kind) => kind is PacketClause.Flags or PacketClause.CtStatus or PacketClause.RcvSocket;

    private static PacketField FieldOf(PacketClause kind) => kind switch
    {
        PacketClause.In => PacketField.InInterface,
        PacketClause.Out => PacketField.OutInterface,
        PacketClause.Uid => PacketField.Uid,
        PacketClause.Gid => PacketField.Gid,
        PacketClause.State => PacketField.ConntrackState,
        PacketClause.Dir => PacketField.ConntrackDirection,
        PacketClause.CtStatus => PacketField.ConntrackStatus,
        PacketClause.Mark => PacketField.Mark,
        PacketClause.CtMark => PacketField.ConnectionMark,
        PacketClause.MarkDifference => PacketField.MarkDifference,
        PacketClause.Zone => PacketField.ConntrackZone,
        PacketClause.CtProto => PacketField.ConntrackProtocol,
        PacketClause.Flags => PacketField.TcpFlags,
        PacketClause.Mss => PacketField.MaximumSegmentSize,
        PacketClause.Type => PacketField.IcmpTypeCode,
        PacketClause.Length => PacketField.Length,
        PacketClause.Ttl => PacketField.Ttl,
        PacketClause.Tos => PacketField.Tos,
        PacketClause.Fragment => PacketField.IsLaterFragment,
        PacketClause.Mac => PacketField.MacSource,
        PacketClause.Frame => PacketField.FrameKind,
        PacketClause.PhysIn => PacketField.PhysicalIn,
        PacketClause.PhysOut => PacketField.PhysicalOut,
        PacketClause.Bridged => PacketField.PhysicalIsBridged,
        PacketClause.SrcType => PacketField.SourceAddressType,
        PacketClause.SrcTypeOnIn => PacketField.SourceAddressTypeOnIn,
        PacketClause.SrcTypeOnOut => PacketField.SourceAddressTypeOnOut,
        PacketClause.DstType => PacketField.DestinationAddressType,
        PacketClause.DstTypeOnIn => PacketField.DestinationAddressTypeOnIn,
        PacketClause.DstTypeOnOut => PacketField.DestinationAddressTypeOnOut,
        PacketClause.RcvSocket => PacketField.ReceivingSocket,
        _ => throw new UnreachableException(),
    };

    private void ReportBad(ClauseSyntax clause, Word word) =>
        diagnostics.Report(PacketDiagnostics.BadValue.At(
            new Location(text, word.Span), clause.Name.Text, word.Text, SpaceWords.Needs(clause.Name.Text)));
}
