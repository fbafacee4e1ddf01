using System.Collections.Immutable;
using System.Text;

namespace RuleCompiler.Packets.HostJson;

/// <summary>Reads the interfaces of a host.</summary>
internal static class InterfaceReader
{
    private static readonly ImmutableArray<string> Fields = ["name", "addresses", "mac"];

    public static ImmutableArray<HostInterface> ReadAll(ref JsonCursor cursor)
    {
        if (!cursor.EnterArray("interfaces"))
        {
            return [];
        }
        var interfaces = ImmutableArray.CreateBuilder<HostInterface>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (cursor.NextItem())
        {
            if (cursor.EnterObject() && Read(ref cursor, names) is { } link)
            {
                interfaces.Add(link);
            }
        }
        return interfaces.DrainToImmutable();
    }

    private static HostInterface? Read(ref JsonCursor cursor, HashSet<string> names)
    {
        var start = cursor.Span;
        string? name = null;
        string? mac = null;
        ImmutableArray<AddressPrefix> addresses = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (HostReader.NextField(ref cursor, seen, "an interface", Fields, out var field))
        {
            switch (field)
            {
                case "name":
                    name = ReadName(ref cursor);
                    if (name is not null && !names.Add(name))
                    {
                        cursor.Report(HostDiagnostics.RepeatedName, cursor.Span, name);
                    }
                    break;
                case "addresses":
                    addresses = ReadAddresses(ref cursor);
                    break;
                case "mac":
                    mac = cursor.String();
                    if (mac is not null && ClauseWords.FindMac(mac) is null)
                    {
                        cursor.ReportValue(mac, ClauseNames.Needs("mac"));
                    }
                    break;
            }
        }
        HostReader.Require(cursor, start, seen, "An interface", "name");
        return name is null ? null : new HostInterface(name, addresses, mac);
    }

    /// <summary>The name of an interface; null after a problem.</summary>
    public static string? ReadName(ref JsonCursor cursor)
    {
        if (cursor.String() is not { } name)
        {
            return null;
        }
        if (name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= InterfaceName.MaxBytes)
        {
            return name;
        }
        cursor.ReportValue(name, ClauseNames.Needs("in"));
        return null;
    }

    private static ImmutableArray<AddressPrefix> ReadAddresses(ref JsonCursor cursor)
    {
        if (!cursor.EnterArray("texts"))
        {
            return [];
        }
        var addresses = ImmutableArray.CreateBuilder<AddressPrefix>();
        while (cursor.NextItem())
        {
            if (cursor.String("a list of texts") is not { } text)
            {
                continue;
            }
            if (AddressPrefix.TryParse(text, out var prefix))
            {
                addresses.Add(prefix);
            }
            else
            {
                cursor.ReportValue(text, "an address with its prefix length, such as 10.244.1.7/24");
            }
        }
        return addresses.DrainToImmutable();
    }
}
