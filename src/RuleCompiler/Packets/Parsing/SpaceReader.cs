using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Makes a condition of a space expression's words, and reports each that makes none.</summary>
internal sealed class SpaceReader
{
    private readonly SourceText _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly SpaceSetReader _sets;
    private readonly SpaceEndpointReader _endpoints;
    private readonly SpaceFactReader _facts;
    private readonly List<Condition> _conditions = [];
    private Family? _family;

    public SpaceReader(SourceText text, DiagnosticBag diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
        _sets = new SpaceSetReader(text, diagnostics);
        _endpoints = new SpaceEndpointReader(text, diagnostics);
        _facts = new SpaceFactReader(text, diagnostics);
    }

    /// <returns>The space, as far as it could be read.</returns>
    public SpaceExpression Read(PacketSyntax syntax, string text)
    {
        if (syntax.Header is var (protocols, source, destination))
        {
            Add(source, PacketField.Source, PacketField.SourcePort);
            Add(destination, PacketField.Destination, PacketField.DestinationPort);
            AddProtocols(protocols);
        }
        var seen = new List<PacketClause>();
        foreach (var clause in syntax.Clauses)
        {
            var kind = ClauseNames.Find(clause.Name.Text) ?? throw new UnreachableException();
            if (seen.Contains(kind) && !SpaceFactReader.MayRepeat(kind))
            {
                Report(PacketDiagnostics.RepeatedClause, clause.Name);
                continue;
            }
            seen.Add(kind);
            Add(kind, clause);
        }
        if (!seen.Contains(PacketClause.In))
        {
            _conditions.Add(Condition.Field(PacketField.InInterface, FieldSet.Of(0)));
        }
        return new SpaceExpression(text, _family, Condition.AllOf([.. _conditions]), _facts.Alternatives(), _facts.Places);
    }

    private void AddProtocols(ListSyntax list)
    {
        var intervals = new List<Interval>();
        foreach (var word in list.Words)
        {
            if (word.Text is "*" or "any" or "all")
            {
                intervals.Add(new Interval(0, byte.MaxValue));
            }
            else if (Range(word.Text) is var (low, high))
            {
                intervals.Add(new Interval(low, high));
            }
            else if (ClauseWords.FindProtocol(word.Text) is { } number)
            {
                intervals.Add(new Interval(number, number));
                CheckFamily(word, number);
            }
            else
            {
                Report(PacketDiagnostics.UnknownProtocol, word, ClauseWords.SuggestProtocol(word.Text));
            }
        }
        var set = FieldSet.Union(intervals);
        _conditions.Add(Condition.Field(PacketField.Protocol, list.Bang is null ? set : set.Complement(byte.MaxValue).WithAbsent(false)));
    }

    /// <summary>Numbers of protocols, <c>100-255</c>; null for another word.</summary>
    private static (byte Low, byte High)? Range(string word)
    {
        var dash = word.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && byte.TryParse(word.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var low)
            && byte.TryParse(word.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var high) && low <= high
            ? (low, high) : null;
    }

    private void CheckFamily(Word word, byte protocol)
    {
        if (char.IsAsciiDigit(word.Text[0]) || protocol is not (IpProtocol.Icmp or IpProtocol.IcmpV6))
        {
            return;
        }
        var own = protocol == IpProtocol.Icmp ? Family.IPv4 : Family.IPv6;
        _family ??= own;
        if (_family != own)
        {
            Report(PacketDiagnostics.ProtocolOfOtherFamily, word, own == Family.IPv4 ? "IPv6" : "IPv4", own == Family.IPv4 ? "icmpv6" : "icmp");
        }
    }

    private void Add(ListSyntax endpoint, PacketField address, PacketField port)
    {
        var (addresses, ports) = _endpoints.Read(endpoint, ref _family, mayLack: !PacketFieldInfo.IsAlwaysPresent(address));
        if (addresses is not null)
        {
            _conditions.Add(Condition.Field(address, addresses));
        }
        if (ports is not null)
        {
            _conditions.Add(Condition.Field(port, ports));
        }
    }

    private void Add(PacketClause kind, ClauseSyntax clause)
    {
        switch (kind)
        {
            case PacketClause.CtOrig or PacketClause.CtRepl:
                if (clause.Endpoints is var (source, destination))
                {
                    var isOriginal = kind == PacketClause.CtOrig;
                    Add(
                        source,
                        isOriginal ? PacketField.OriginalSource : PacketField.ReplySource,
                        isOriginal ? PacketField.OriginalSourcePort : PacketField.ReplySourcePort);
                    Add(
                        destination,
                        isOriginal ? PacketField.OriginalDestination : PacketField.ReplyDestination,
                        isOriginal ? PacketField.OriginalDestinationPort : PacketField.ReplyDestinationPort);
                }
                break;
            case PacketClause.Nat:
                Report(
                    PacketDiagnostics.ClauseDoesNotApply, clause.Name,
                    "a space follows connections as they enter; 'ctorig' and 'ctrepl' limit their addresses, 'ctstatus SNAT/SNAT' says that they are translated");
                break;
            case PacketClause.ExtHdr when (_family ??= Family.IPv6) == Family.IPv4:
                Report(PacketDiagnostics.ClauseDoesNotApply, clause.Name, "only IPv6 has extension headers");
                break;
            case PacketClause.ExtHdr:
                _conditions.Add(SpaceHeaderReader.Read(clause, _text, _diagnostics) ?? Condition.Never);
                break;
            case PacketClause.Options or PacketClause.Chunks:
                var protocol = kind == PacketClause.Options ? IpProtocol.Tcp : IpProtocol.Sctp;
                _conditions.Add(Condition.Field(PacketField.Protocol, FieldSet.Of(protocol)));
                _facts.Read(kind, clause);
                break;
            case var fact when SpaceFactReader.IsFact(fact):
                _facts.Read(kind, clause);
                break;
            case PacketClause.Fragment when clause.Values is null:
                _conditions.Add(Condition.Field(PacketField.IsLaterFragment, FieldSet.Of(1)));
                break;
            case PacketClause.Socket:
                AddSocket(clause);
                break;
            default:
                if (_sets.Read(kind, clause, _family) is { } condition)
                {
                    _conditions.Add(condition);
                }
                break;
        }
    }

    /// <summary>Who sent it: <c>none</c> nobody here, <c>kernel</c> the kernel's own socket, <c>process</c> a process.</summary>
    private void AddSocket(ClauseSyntax clause)
    {
        if (clause.Values is not { } list)
        {
            Report(PacketDiagnostics.MissingValue, clause.Name, SpaceWords.Needs(clause.Name.Text));
            return;
        }
        var absent = FieldSet.Empty.WithAbsent(true);
        var parts = ImmutableArray.CreateBuilder<Condition>();
        foreach (var word in list.Words)
        {
            Condition? part = word.Text switch
            {
                "*" => Condition.Always,
                "none" => Condition.Field(PacketField.HasSocket, absent),
                "kernel" => Condition.AllOf(Condition.Field(PacketField.HasSocket, FieldSet.Of(1)), Condition.Field(PacketField.Uid, absent)),
                "process" => Condition.Field(PacketField.Uid, FieldSet.Present),
                _ => null,
            };
            if (part is null)
            {
                Report(PacketDiagnostics.BadValue, new Word(clause.Name.Text, word.Span), word.Text, "'none', 'kernel' or 'process'");
                return;
            }
            parts.Add(part);
        }
        var union = Condition.AnyOf([.. parts]);
        _conditions.Add(list.Bang is null ? union : Condition.Not(union));
    }

    private void Report(DiagnosticDescriptor descriptor, Word word, params ReadOnlySpan<string> more) =>
        _diagnostics.Report(descriptor.At(new Location(_text, word.Span), [word.Text, .. more]));
}
