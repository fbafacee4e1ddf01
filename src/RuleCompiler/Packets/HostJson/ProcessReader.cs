using System.Collections.Immutable;

namespace RuleCompiler.Packets.HostJson;

/// <summary>Reads the processes of a host.</summary>
internal static class ProcessReader
{
    public static ImmutableArray<HostProcess> ReadAll(ref JsonCursor cursor)
    {
        if (!cursor.EnterArray("processes"))
        {
            return [];
        }
        var processes = ImmutableArray.CreateBuilder<HostProcess>();
        while (cursor.NextItem())
        {
            if (cursor.EnterObject() && Read(ref cursor) is { } process)
            {
                processes.Add(process);
            }
        }
        return processes.DrainToImmutable();
    }

    private static HostProcess? Read(ref JsonCursor cursor)
    {
        var start = cursor.Span;
        var (role, name, uid, gid) = ((HostRole?)null, (string?)null, 0U, 0U);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (HostReader.NextField(ref cursor, seen, "a process", ["role", "name", "uid", "gid"], out var field))
        {
            switch (field)
            {
                case "role":
                    role = ReadRole(ref cursor);
                    break;
                case "name":
                    name = cursor.String();
                    break;
                case "uid":
                    uid = cursor.Number(uint.MaxValue) ?? 0;
                    break;
                case "gid":
                    gid = cursor.Number(uint.MaxValue) ?? 0;
                    break;
            }
        }
        HostReader.Require(cursor, start, seen, "A process", "role", "uid");
        return role is { } known
            ? new HostProcess(known, name ?? $"the {Name(known)}", uid, seen.Contains("gid") ? gid : uid)
            : null;
    }

    private static HostRole? ReadRole(ref JsonCursor cursor)
    {
        if (cursor.String("a role") is not { } text)
        {
            return null;
        }
        foreach (var role in new[] { HostRole.Application, HostRole.Proxy, HostRole.Resolver })
        {
            if (text == Name(role))
            {
                return role;
            }
        }
        cursor.ReportValue(text, "application, proxy or resolver");
        return null;
    }

    private static string Name(HostRole role) => role switch
    {
        HostRole.Proxy => "proxy",
        HostRole.Resolver => "resolver",
        _ => "application",
    };
}
