using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.HostJson;

/// <summary>Reads the sets of a host.</summary>
internal static class SetReader
{
    private static readonly ImmutableArray<string> Fields = ["name", "type", "family", "options", "members"];

    public static ImmutableArray<HostSet> ReadAll(ref JsonCursor cursor)
    {
        if (!cursor.EnterArray("sets"))
        {
            return [];
        }
        var sets = ImmutableArray.CreateBuilder<HostSet>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (cursor.NextItem())
        {
            if (cursor.EnterObject() && Read(ref cursor, names) is { } set)
            {
                sets.Add(set);
            }
        }
        return sets.DrainToImmutable();
    }

    private static HostSet? Read(ref JsonCursor cursor, HashSet<string> names)
    {
        var start = cursor.Span;
        string? name = null;
        string? type = null;
        string? family = null;
        string? options = null;
        var members = new List<(string Text, TextSpan Span)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (HostReader.NextField(ref cursor, seen, "a set", Fields, out var field))
        {
            switch (field)
            {
                case "name":
                    name = cursor.String();
                    if (name is not null && !names.Add(name))
                    {
                        cursor.Report(HostDiagnostics.RepeatedName, cursor.Span, name);
                    }
                    break;
                case "type":
                    type = ReadType(ref cursor);
                    break;
                case "family":
                    family = cursor.String();
                    if (family is not (null or "inet" or "inet6"))
                    {
                        cursor.ReportValue(family, "inet or inet6");
                    }
                    break;
                case "options":
                    options = cursor.String();
                    break;
                case "members":
                    members = ReadMembers(ref cursor);
                    break;
            }
        }
        HostReader.Require(cursor, start, seen, "A set", "name", "type");
        if (name is null || type is null || IpSetType.Find(type) is not { } known)
        {
            return null;
        }
        foreach (var (text, span) in members)
        {
            if (IpSetMember.Parse(known, text) is null)
            {
                cursor.Report(HostDiagnostics.BadSetMember, span, text, type);
            }
        }
        return new HostSet(name, type, [.. members.Select(m => m.Text)], options, family);
    }

    private static string? ReadType(ref JsonCursor cursor)
    {
        if (cursor.String() is not { } type)
        {
            return null;
        }
        if (IpSetType.Find(type) is not null)
        {
            return type;
        }
        cursor.ReportValue(type, $"a type of ipset(8){IpSetType.Suggest(type)}");
        return null;
    }

    private static List<(string Text, TextSpan Span)> ReadMembers(ref JsonCursor cursor)
    {
        var members = new List<(string, TextSpan)>();
        if (!cursor.EnterArray("texts"))
        {
            return members;
        }
        while (cursor.NextItem())
        {
            if (cursor.String("a list of texts") is { } text)
            {
                members.Add((text, cursor.Span));
            }
        }
        return members;
    }
}
