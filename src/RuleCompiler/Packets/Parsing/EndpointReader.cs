using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Reads <c>ADDRESS[:PORT]</c> words of one expression.</summary>
internal sealed class EndpointReader(SourceText text, DiagnosticBag diagnostics)
{
    /// <param name="list">The endpoint's words, of which a packet has one.</param>
    /// <param name="protocol">The packet's protocol; null where it is not known, and ports may be there or not.</param>
    /// <param name="isLaterFragment">Whether the packet has no ports whatever its protocol.</param>
    /// <returns>Null after a problem.</returns>
    public Endpoint? Read(ListSyntax list, byte? protocol, bool isLaterFragment)
    {
        var word = list.Words[0];
        if (list.Words.Length > 1)
        {
            Report(PacketDiagnostics.ManyPackets, list.Span, list.Text, "source and one destination");
            return null;
        }
        var (addressStart, addressLength, portStart) = Split(word.Text);
        var address = ReadAddress(word, addressStart, addressLength, list.Bang);
        if (portStart < 0)
        {
            if (address is not null && protocol is { } p && IpProtocol.HasPorts(p) && !isLaterFragment)
            {
                var isBareV6 = addressStart == 0 && address.Value.Family == Family.IPv6;
                Report(PacketDiagnostics.MissingPort, word.Span, word.Text, IpProtocol.Name(p), isBareV6 ? $": write '[{address}]:PORT'" : "");
                return null;
            }
            return address is { } plain ? new Endpoint(plain, null) : null;
        }
        if (protocol is { } other && (isLaterFragment || !IpProtocol.HasPorts(other)))
        {
            var owner = isLaterFragment ? "a later fragment" : $"protocol '{IpProtocol.Name(other)}'";
            Report(PacketDiagnostics.UnexpectedPort, word.Slice(portStart - 1, word.Text.Length - portStart + 1), word.Text[(portStart - 1)..], owner);
            return null;
        }
        return ReadPort(word, portStart) is { } port && address is { } full ? new Endpoint(full, port) : null;
    }

    /// <summary>Where in the word the address is, and where the port (-1: nowhere).</summary>
    private static (int AddressStart, int AddressLength, int PortStart) Split(string word)
    {
        if (word.StartsWith('[') && word.IndexOf(']') is var close and > 0)
        {
            return (1, close - 1, close + 1 < word.Length && word[close + 1] == ':' ? close + 2 : -1);
        }
        var colon = word.IndexOf(':');
        return colon < 0 || word.LastIndexOf(':') != colon ? (0, word.Length, -1) : (0, colon, colon + 1);
    }

    private IpAddress? ReadAddress(Word word, int start, int length, Word? bang)
    {
        var address = word.Text.AsSpan(start, length);
        if (bang is not null)
        {
            var negated = TextSpan.FromBounds(bang.Value.Span.Start, word.Slice(start, length).End);
            Report(PacketDiagnostics.ManyPackets, negated, $"!{word.Text.AsSpan(start, length)}", "source and one destination");
            return null;
        }
        var isWellFormed = start == 0 || word.Text.Length == length + 2 || word.Text[length + 2] == ':';
        if (isWellFormed && IpAddress.TryParse(address, out var result) && (start == 0 || result.Family == Family.IPv6))
        {
            return result;
        }
        // Brackets are marked with the address where they are what is wrong.
        var (from, to) = start == 0 ? (0, length) : (0, isWellFormed ? length + 2 : word.Text.Length);
        if (IsManyAddresses(address))
        {
            Report(PacketDiagnostics.ManyPackets, word.Slice(from, to), word.Text[from..to], "source and one destination");
            return null;
        }
        var hint = word.Text.Contains('%') ? "; leave out the zone and use 'in' or 'out'"
            : start > 0 && IpAddress.TryParse(address, out _) && isWellFormed ? "; brackets are for IPv6"
            : address.ContainsAnyExceptInRange('.', '9') && !address.Contains(':') ? "; names are not resolved"
            : address.Contains(':') ? "" : "; all four numbers are needed, each up to 255";
        Report(PacketDiagnostics.NotAnAddress, word.Slice(from, to), word.Text[from..to], hint);
        return null;
    }

    private static bool IsManyAddresses(ReadOnlySpan<char> text)
    {
        var separator = text.IndexOfAny('/', '-');
        return text is "*" or "any" or "all" || text.StartsWith('!') || (separator > 0 && IpAddress.TryParse(text[..separator], out _));
    }

    private ushort? ReadPort(Word word, int start)
    {
        var port = word.Text.AsSpan(start);
        if (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        if (ServiceNames.Find(port.ToString()) is { } named)
        {
            return named;
        }
        var span = word.Slice(start, port.Length);
        var isMany = port is "*" || port.StartsWith('!') || (port.IndexOf('-') > 0 && !port.ContainsAnyExceptInRange('-', '9'));
        if (isMany)
        {
            Report(PacketDiagnostics.ManyPackets, span, port.ToString(), "source and one destination port");
        }
        else
        {
            Report(PacketDiagnostics.NotAPort, port.IsEmpty ? word.Span : span, port.ToString());
        }
        return null;
    }

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<string> arguments) =>
        diagnostics.Report(descriptor.At(new Location(text, span), [.. arguments]));
}
