using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RuleCompiler.Tests.Generators;

/// <summary>A host on which a dump found somewhere could have been: its interfaces, some of its addresses.</summary>
internal static partial class DumpHost
{
    private const int MostInterfaces = 3;
    private const int LongestName = 15;

    public static JsonObject For(string dump, bool isV6)
    {
        string[] names = [.. InterfaceName().Matches(dump)
            .Select(found => found.Groups["name"].Value)
            .Where(name => name.Length <= LongestName && name != "lo")
            .Concat(["eth0", "eth1"])
            .Distinct()
            .Take(MostInterfaces)];
        string[] mentioned = [.. Address().Matches(dump)
            .Select(found => found.Groups["address"].Value)
            .Where(text => CanBeOwn(text, isV6))
            .Distinct()];
        var interfaces = new JsonArray();
        for (var index = 0; index < names.Length; index++)
        {
            var addresses = new JsonArray(isV6 ? $"fd0{index}::1/64" : $"10.{index}.0.1/24");
            if (index < mentioned.Length)
            {
                addresses.Add($"{mentioned[index]}/{(isV6 ? 64 : 24)}");
            }

            interfaces.Add(new JsonObject { ["name"] = names[index], ["addresses"] = addresses });
        }

        var route = new JsonObject
        {
            ["destination"] = "default",
            ["via"] = isV6 ? "fd00::fe" : "10.0.0.254",
            ["interface"] = names[0],
        };
        return new JsonObject { ["interfaces"] = interfaces, ["routes"] = new JsonArray(route) };
    }

    private static bool CanBeOwn(string text, bool isV6) =>
        IPAddress.TryParse(text, out var address)
        && address.GetAddressBytes() is var bytes
        && bytes.Length == (isV6 ? 16 : 4)
        && bytes[^1] is not (0 or 255)
        && (isV6 ? bytes[0] is 0x20 or 0xfd : bytes[0] is > 0 and < 224 and not 127);

    [GeneratedRegex(@" -[io] (?<name>[a-z][\w.-]*)(?= )")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@" -[sd] (?<address>[0-9a-f.:]+)(/32|/128)? ")]
    private static partial Regex Address();
}
