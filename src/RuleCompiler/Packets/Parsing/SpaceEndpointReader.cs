using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Reads endpoints of spaces: <c>!10.0.0.0/8,10.1.0.1-10.1.0.9:80,443</c>, <c>[fd00::/8]:*</c>, <c>*:!22</c>.</summary>
internal sealed class SpaceEndpointReader(SourceText text, DiagnosticBag diagnostics)
{
    /// <summary>Reads an endpoint.</summary>
    /// <param name="list">Addresses, the last of them perhaps with ports behind a colon, and further ports.</param>
    /// <param name="family">The family known so far; told by the first address.</param>
    /// <param name="mayLack">Whether a packet may have no such address (<c>none</c>): that of a connection.</param>
    /// <returns>Null for each of the two that is not limited, or wrong.</returns>
    public (FieldSet? Addresses, FieldSet? Ports) Read(ListSyntax list, ref Family? family, bool mayLack)
    {
        var addresses = new List<Interval>();
        var isAny = false;
        var isNone = false;
        for (var i = 0; i < list.Words.Length; i++)
        {
            var (address, port) = Split(list.Words[i]);
            if (address.Text is "*" or "any" or "all")
            {
                isAny = true;
            }
            else if (mayLack && address.Text == "none")
            {
                isNone = true;
            }
            else if (ReadAddresses(address, ref family) is { } interval)
            {
                addresses.Add(interval);
            }
            if (port is { } first)
            {
                return (AddressSet(addresses, isAny, isNone, list.Bang is not null, family), ReadPorts([first, .. list.Words[(i + 1)..]]));
            }
        }
        return (AddressSet(addresses, isAny, isNone, list.Bang is not null, family), null);
    }

    private static FieldSet? AddressSet(List<Interval> addresses, bool isAny, bool isNone, bool isNegated, Family? family)
    {
        if (isAny || (addresses.Count == 0 && !isNone))
        {
            return isAny && isNegated ? FieldSet.Empty : null;
        }
        var set = FieldSet.Union(addresses).WithAbsent(isNone);
        return isNegated ? set.Complement(family == Family.IPv4 ? uint.MaxValue : UInt128.MaxValue).WithAbsent(false) : set;
    }

    /// <summary>A word's address, and what stands behind the colon of its port.</summary>
    private static (Word Address, Word? Port) Split(Word word)
    {
        if (word.Text.StartsWith('[') && word.Text.IndexOf(']', StringComparison.Ordinal) is var close and > 0)
        {
            var hasPort = close + 1 < word.Text.Length && word.Text[close + 1] == ':';
            return (word.Part(1, close - 1), hasPort ? word.Part(close + 2, word.Text.Length - close - 2) : null);
        }
        var colon = word.Text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || word.Text.LastIndexOf(':') != colon
            ? (word, null)
            : (word.Part(0, colon), word.Part(colon + 1, word.Text.Length - colon - 1));
    }

    private Interval? ReadAddresses(Word word, ref Family? family)
    {
        var dash = word.Text.IndexOf('-', StringComparison.Ordinal);
        var (low, high) = dash > 0 ? (Address(word.Text[..dash]), Address(word.Text[(dash + 1)..])) : (Network(word.Text, out var last), last);
        if (low is not { } from || high is not { } to || from.Family != to.Family || from.Value > to.Value)
        {
            Report(PacketDiagnostics.NotAnAddress, word, "; a space has addresses, networks ADDRESS/LENGTH, ranges FIRST-LAST or '*'");
            return null;
        }
        family ??= from.Family;
        if (family != from.Family)
        {
            Report(PacketDiagnostics.MixedFamilies, word, Name(from.Family), Name(family.Value));
            return null;
        }
        return new Interval(from.Value, to.Value);
    }

    private static IpAddress? Address(string text) => IpAddress.TryParse(text, out var address) ? address : null;

    private static IpAddress? Network(string text, out IpAddress? last)
    {
        last = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return null;
        }
        var width = IpAddress.WidthOf(address.Family);
        var length = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > width))
        {
            return null;
        }
        var network = new AddressPrefix(address, length).Network;
        last = network with { Value = length == width ? network.Value : network.Value | (UInt128.MaxValue >> (128 - width + length)) };
        return network;
    }

    private FieldSet? ReadPorts(ReadOnlySpan<Word> words)
    {
        var isNegated = words[0].Text.StartsWith('!');
        var ports = new List<Interval>();
        var isAbsent = false;
        for (var i = 0; i < words.Length; i++)
        {
            var word = i == 0 && isNegated ? words[0].Part(1, words[0].Text.Length - 1) : words[i];
            if (word.Text is "*" or "none")
            {
                isAbsent |= word.Text == "none";
                ports.AddRange(word.Text == "*" ? [new Interval(0, ushort.MaxValue)] : []);
                continue;
            }
            var dash = word.Text.IndexOf('-', StringComparison.Ordinal);
            if (Port(word.Text) is { } single)
            {
                ports.Add(new Interval(single, single));
            }
            else if (dash > 0 && Port(word.Text[..dash]) is { } low && Port(word.Text[(dash + 1)..]) is { } high && low <= high)
            {
                ports.Add(new Interval(low, high));
            }
            else
            {
                Report(PacketDiagnostics.NotAPort, word);
                return null;
            }
        }
        var set = FieldSet.Union(ports);
        var others = set.Complement(ushort.MaxValue).WithAbsent(false);
        // ':*' limits nothing: not even to packets that have ports.
        return isNegated ? others : others.IsEmpty && !isAbsent ? null : set.WithAbsent(isAbsent);
    }

    private static ushort? Port(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : ServiceNames.Find(text);

    private static string Name(Family family) => family == Family.IPv4 ? "IPv4" : "IPv6";

    private void Report(DiagnosticDescriptor descriptor, Word word, params ReadOnlySpan<string> more) =>
        diagnostics.Report(descriptor.At(new Location(text, word.Span), [word.Text, .. more]));
}
