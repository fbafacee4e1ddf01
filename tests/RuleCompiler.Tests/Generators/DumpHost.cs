using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RuleCompiler.Tests.Generators;

/// <summary>A host on which a dump found somewhere could have been: its interfaces, some of its addresses, the sets that it names.</summary>
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
        return new JsonObject
        {
            ["interfaces"] = interfaces,
            ["routes"] = new JsonArray(route),
            ["sets"] = new JsonArray([.. SetsOf(dump, mentioned, isV6)]),
        };
    }

    /// <summary>The sets that rules ask or change, of a type with as many parts as they look at, with an address or two of the dump's.</summary>
    private static IEnumerable<JsonNode> SetsOf(string dump, string[] mentioned, bool isV6) => SetName().Matches(dump)
        .GroupBy(found => found.Groups["name"].Value, found => found.Groups["parts"].Value.Split(',').Length)
        .Select(set => new JsonObject
        {
            ["name"] = set.Key,
            ["type"] = set.Max() switch { 1 => "hash:net", 2 => "hash:ip,port", _ => "hash:ip,port,ip" },
            ["family"] = isV6 ? "inet6" : "inet",
            ["members"] = new JsonArray([.. set.Max() == 1 ? mentioned.Skip(1).Take(2).Select(address => JsonValue.Create(address)) : []]),
        });

    private static bool CanBeOwn(string text, bool isV6) =>
        IPAddress.TryParse(text, out var address)
        && address.GetAddressBytes() is var bytes
        && bytes.Length == (isV6 ? 16 : 4)
        && bytes[^1] is not (0 or 255)
        && (isV6 ? bytes[0] is 0x20 or 0xfd : bytes[0] is > 0 and < 224 and not 127);

    [GeneratedRegex(@" -[io] (?<name>[a-z][\w.-]*)(?= )")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@"--(match|add|del|map)-set (?<name>\S+) (?<parts>\S+)")]
    private static partial Regex SetName();

    [GeneratedRegex(@" -[sd] (?<address>[0-9a-f.:]+)(/32|/128)? ")]
    private static partial Regex Address();
}
