using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.HostJson;

/// <summary>Reads the fields of a host.</summary>
internal static class HostReader
{
    private static readonly ImmutableArray<string> HostFields =
        ["interfaces", "routes", "rules", "sets", "sockets", "processes", "forwarding", "conntrack", "inferred"];

    public static HostFacts Read(SourceText text, DiagnosticBag diagnostics)
    {
        var cursor = new JsonCursor(text, diagnostics);
        var host = new HostFacts();
        var routes = new List<(HostRoute Route, TextSpan InterfaceSpan)>();
        if (cursor.EnterObject())
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (NextField(ref cursor, seen, "a host", HostFields, out var field))
            {
                switch (field)
                {
                    case "interfaces":
                        host = host with { Interfaces = WithLoopback(InterfaceReader.ReadAll(ref cursor)) };
                        break;
                    case "routes":
                        routes = RouteReader.ReadRoutes(ref cursor);
                        break;
                    case "rules":
                        host = host with { Rules = RouteReader.ReadRules(ref cursor) };
                        break;
                    case "sets":
                        host = host with { Sets = SetReader.ReadAll(ref cursor) };
                        break;
                    case "sockets":
                        host = host with { Sockets = ReadSockets(ref cursor) };
                        break;
                    case "processes":
                        host = host with { Processes = ProcessReader.ReadAll(ref cursor) };
                        break;
                    case "forwarding":
                        host = host with { Forwarding = cursor.Boolean() ?? true };
                        break;
                    case "conntrack":
                        host = host with { Conntrack = cursor.Boolean() ?? true };
                        break;
                    case "inferred":
                        cursor.Boolean(); // a result's host given back: now it is told
                        break;
                }
            }
        }
        cursor.Finish();
        foreach (var (route, span) in routes)
        {
            if (route.Interface is { } name && !host.Interfaces.Any(i => i.Name == name))
            {
                cursor.Report(HostDiagnostics.UnknownInterface, span, name);
            }
        }
        return host with { Routes = [.. routes.Select(r => r.Route)] };
    }

    /// <summary>
    /// Goes to the value of the next known field; false behind the last one. Unknown and repeated fields are reported
    /// and passed by.
    /// </summary>
    /// <param name="cursor">Stands on the beginning of the object, or on the last value.</param>
    /// <param name="seen">The fields read so far.</param>
    /// <param name="owner">The object in words, for messages.</param>
    /// <param name="known">Its fields.</param>
    /// <param name="field">The field.</param>
    public static bool NextField(
        ref JsonCursor cursor, HashSet<string> seen, string owner, ImmutableArray<string> known, out string field)
    {
        while (cursor.NextField(out field))
        {
            var nameSpan = cursor.Span;
            // The reader's token ends behind the colon.
            nameSpan = nameSpan with { Length = Math.Min(nameSpan.Length, field.Length + 2) };
            var isKnown = known.Contains(field);
            if (!isKnown)
            {
                cursor.Report(HostDiagnostics.UnknownField, nameSpan, field, owner, Suggestion.For(field, known));
            }
            else if (!seen.Add(field))
            {
                cursor.Report(HostDiagnostics.RepeatedName, nameSpan, field);
                isKnown = false;
            }
            cursor.ToValue(field);
            if (isKnown)
            {
                return true;
            }
            cursor.Skip();
        }
        return false;
    }

    private static ImmutableArray<HostInterface> WithLoopback(ImmutableArray<HostInterface> interfaces)
    {
        var index = interfaces.ToList().FindIndex(i => i.Name == HostInterface.Loopback.Name);
        return index < 0 ? interfaces.Insert(0, HostInterface.Loopback)
            : interfaces[index].Addresses.IsEmpty ? interfaces.SetItem(index, HostInterface.Loopback)
            : interfaces;
    }

    private static ImmutableArray<HostSocket> ReadSockets(ref JsonCursor cursor)
    {
        var sockets = ImmutableArray.CreateBuilder<HostSocket>();
        if (!cursor.EnterArray("sockets"))
        {
            return [];
        }
        while (cursor.NextItem())
        {
            if (cursor.EnterObject() && ReadSocket(ref cursor) is { } socket)
            {
                sockets.Add(socket);
            }
        }
        return sockets.DrainToImmutable();
    }

    private static HostSocket? ReadSocket(ref JsonCursor cursor)
    {
        var start = cursor.Span;
        var (protocol, address, port, isTransparent) = ((byte?)null, (IpAddress?)null, (uint?)null, false);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextField(ref cursor, seen, "a socket", ["protocol", "address", "port", "transparent"], out var field))
        {
            switch (field)
            {
                case "protocol":
                    protocol = ReadProtocol(ref cursor);
                    break;
                case "address":
                    address = ReadAddress(ref cursor);
                    break;
                case "port":
                    port = cursor.Number(ushort.MaxValue);
                    break;
                case "transparent":
                    isTransparent = cursor.Boolean() ?? false;
                    break;
            }
        }
        Require(cursor, start, seen, "A socket", "protocol", "address", "port");
        return protocol is { } p && address is { } a && port is { } n ? new HostSocket(p, a, (ushort)n, isTransparent) : null;
    }

    /// <summary>Reports the fields among <paramref name="names"/> that an object does not have.</summary>
    public static void Require(
        in JsonCursor cursor, TextSpan start, HashSet<string> seen, string owner, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!seen.Contains(name))
            {
                cursor.Report(HostDiagnostics.MissingField, start, owner, name);
            }
        }
    }

    /// <summary>An address without a prefix length.</summary>
    public static IpAddress? ReadAddress(ref JsonCursor cursor)
    {
        if (cursor.String("an address") is not { } text)
        {
            return null;
        }
        if (IpAddress.TryParse(text, out var address))
        {
            return address;
        }
        cursor.ReportValue(text, "an IPv4 or IPv6 address");
        return null;
    }

    private static byte? ReadProtocol(ref JsonCursor cursor)
    {
        if (cursor.IsNumber)
        {
            return (byte?)cursor.Number(byte.MaxValue);
        }
        if (cursor.String("a protocol") is not { } text)
        {
            return null;
        }
        if (IpProtocol.Find(text) is { } protocol)
        {
            return protocol;
        }
        cursor.ReportValue(text, "a protocol such as tcp or udp");
        return null;
    }
}
