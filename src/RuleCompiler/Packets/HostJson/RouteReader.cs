using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.HostJson;

/// <summary>Reads the routes and policy routing rules of a host.</summary>
internal static class RouteReader
{
    private static readonly ImmutableArray<string> RouteFields = ["destination", "via", "interface", "type", "table", "family"];

    public static List<(HostRoute Route, TextSpan InterfaceSpan)> ReadRoutes(ref JsonCursor cursor)
    {
        var routes = new List<(HostRoute, TextSpan)>();
        if (!cursor.EnterArray("routes"))
        {
            return routes;
        }
        while (cursor.NextItem())
        {
            if (cursor.EnterObject())
            {
                routes.Add(ReadRoute(ref cursor));
            }
        }
        return routes;
    }

    public static ImmutableArray<HostRule> ReadRules(ref JsonCursor cursor)
    {
        if (!cursor.EnterArray("rules"))
        {
            return [];
        }
        var rules = ImmutableArray.CreateBuilder<HostRule>();
        while (cursor.NextItem())
        {
            if (cursor.EnterObject() && ReadRule(ref cursor) is { } rule)
            {
                rules.Add(rule);
            }
        }
        return rules.DrainToImmutable();
    }

    private static (HostRoute Route, TextSpan InterfaceSpan) ReadRoute(ref JsonCursor cursor)
    {
        var start = cursor.Span;
        var interfaceSpan = start;
        var route = new HostRoute(null, null, null, null);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (HostReader.NextField(ref cursor, seen, "a route", RouteFields, out var field))
        {
            switch (field)
            {
                case "destination":
                    var destination = ReadDestination(ref cursor);
                    route = route with { Destination = destination, Family = destination?.Address.Family ?? route.Family };
                    break;
                case "via":
                    var via = HostReader.ReadAddress(ref cursor);
                    route = route with { Via = via, Family = route.Destination?.Address.Family ?? via?.Family ?? route.Family };
                    break;
                case "interface":
                    route = route with { Interface = InterfaceReader.ReadName(ref cursor) };
                    interfaceSpan = cursor.Span;
                    break;
                case "type":
                    route = WithType(ref cursor, route);
                    break;
                case "table":
                    route = route with { Table = ReadTable(ref cursor) };
                    break;
                case "family":
                    route = route with { Family = ReadFamily(ref cursor) ?? route.Family };
                    break;
            }
        }
        HostReader.Require(cursor, start, seen, "A route", "destination");
        return (route, interfaceSpan);
    }

    private static AddressPrefix? ReadDestination(ref JsonCursor cursor)
    {
        if (cursor.String("a network or 'default'") is not { } text || text == "default")
        {
            return null;
        }
        if (AddressPrefix.TryParse(text, out var prefix))
        {
            return prefix;
        }
        cursor.ReportValue(text, "a network such as 10.9.0.0/16, or 'default'");
        return null;
    }

    private static HostRoute WithType(ref JsonCursor cursor, HostRoute route)
    {
        switch (cursor.String())
        {
            case "local":
                return route with { IsLocal = true };
            case ("blackhole" or "unreachable" or "prohibit" or "throw") and var type:
                return route with { RejectType = type };
            case null or "unicast":
                return route;
            case var other:
                cursor.ReportValue(other, "one of unicast, local, blackhole, unreachable, prohibit, throw");
                return route;
        }
    }

    /// <summary>A routing table's number, or one of the names that every system has.</summary>
    private static uint? ReadTable(ref JsonCursor cursor)
    {
        if (cursor.IsNumber)
        {
            return cursor.Number(uint.MaxValue);
        }
        if (cursor.String("a table's number") is not { } text)
        {
            return null;
        }
        uint? table = text switch { "main" => 254, "local" => 255, "default" => 253, _ => ClauseWords.FindNumber(text) };
        if (table is null)
        {
            cursor.ReportValue(text, "a table's number");
        }
        return table;
    }

    private static Family? ReadFamily(ref JsonCursor cursor)
    {
        switch (cursor.String())
        {
            case "ipv4" or "inet":
                return Family.IPv4;
            case "ipv6" or "inet6":
                return Family.IPv6;
            case null:
                return null;
            case var other:
                cursor.ReportValue(other, "ipv4 or ipv6");
                return null;
        }
    }

    private static HostRule? ReadRule(ref JsonCursor cursor)
    {
        var start = cursor.Span;
        MaskedNumber? mark = null;
        uint? table = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (HostReader.NextField(ref cursor, seen, "a rule", ["mark", "table"], out var field))
        {
            switch (field)
            {
                case "mark":
                    mark = ReadMark(ref cursor);
                    break;
                case "table":
                    table = ReadTable(ref cursor);
                    break;
            }
        }
        HostReader.Require(cursor, start, seen, "A rule", "mark", "table");
        return mark is { } m && table is { } t ? new HostRule(m, t) : null;
    }

    private static MaskedNumber? ReadMark(ref JsonCursor cursor)
    {
        if (cursor.IsNumber)
        {
            return cursor.Number(uint.MaxValue) is { } exact ? MaskedNumber.Exact(exact) : null;
        }
        if (cursor.String("a mark") is not { } text)
        {
            return null;
        }
        var slash = text.IndexOf('/');
        var value = ClauseWords.FindNumber(slash < 0 ? text : text[..slash]);
        var mask = slash < 0 ? uint.MaxValue : ClauseWords.FindNumber(text[(slash + 1)..]);
        if (value is { } v && mask is { } m)
        {
            return new MaskedNumber(v & m, m);
        }
        cursor.ReportValue(text, "a mark such as 0x1, or 0x1/0xff");
        return null;
    }
}
