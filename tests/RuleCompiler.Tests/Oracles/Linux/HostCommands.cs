using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Host facts as the commands that make a namespace such a host.</summary>
internal static class HostCommands
{
    /// <summary>Interfaces of a host but <c>lo</c>, in order.</summary>
    public static IReadOnlyList<JsonNode> Interfaces(JsonNode host) =>
        [.. Items(host, "interfaces").Where(entry => (string?)entry["name"] != "lo")];

    /// <summary>Six bytes: the one given, or one made up from the place in the list.</summary>
    public static byte[] Mac(JsonNode entry, int index) => (string?)entry["mac"] is { } mac
        ? [.. mac.Split(':').Select(part => Convert.ToByte(part, 16))]
        : [2, 0, 0, 0, 1, (byte)index];

    /// <summary>Input of <c>ip -batch</c> for links and addresses.</summary>
    /// <param name="host">Host facts.</param>
    /// <param name="peerNamespace">Path of the namespace for the other ends of the interfaces, <c>p0</c>, <c>p1</c>...</param>
    public static string Links(JsonNode host, string peerNamespace)
    {
        var commands = new StringBuilder("link set lo up\n");
        var index = 0;
        foreach (var entry in Interfaces(host))
        {
            var name = (string?)entry["name"];
            var mac = string.Join(':', Mac(entry, index).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
            commands.Append(CultureInfo.InvariantCulture, $"link add {name} address {mac} type veth peer name p{index} netns {peerNamespace}\n")
                .Append(CultureInfo.InvariantCulture, $"link set {name} addrgenmode none\n")
                .Append(CultureInfo.InvariantCulture, $"link set {name} up\n");
            index++;
        }

        foreach (var entry in Items(host, "interfaces"))
        {
            // The newest IPv6 address is listed first, the newest IPv4 address last.
            var addresses = Items(entry, "addresses").Select(address => (string)address!).ToList();
            foreach (var address in addresses.Where(address => !IsV6(address))
                .Concat(addresses.Where(IsV6).Reverse())
                .Except(["127.0.0.1/8", "::1/128"]))
            {
                var options = IsV6(address) ? "nodad" : "brd +";
                commands.Append(CultureInfo.InvariantCulture, $"addr add {address} {options} dev {entry["name"]}\n");
            }
        }

        return commands.ToString();
    }

    /// <summary>Input of <c>ip -batch</c> that sets the other ends up.</summary>
    public static string Peers(JsonNode host) =>
        string.Concat(Interfaces(host).Select((_, index) => $"link set p{index} up\n"));

    /// <summary>Input of <c>ip -4 -batch</c> or <c>ip -6 -batch</c> for routes and rules.</summary>
    public static string Routes(JsonNode host, bool isV6)
    {
        var commands = new StringBuilder();
        foreach (var route in Items(host, "routes"))
        {
            var destination = (string?)route["destination"] ?? "default";
            var via = (string?)route["via"];
            var example = via ?? destination;
            if (example != "default" && IsV6(example) != isV6)
            {
                continue;
            }

            var type = (string?)route["type"];
            commands.Append(CultureInfo.InvariantCulture, $"route add {type} {destination}")
                .Append(via is null ? "" : $" via {via}")
                .Append(route["interface"] is { } name ? $" dev {name}" : "")
                .Append(route["table"] is { } table ? $" table {table}" : "")
                .Append('\n');
        }

        foreach (var rule in Items(host, "rules"))
        {
            commands.Append(CultureInfo.InvariantCulture, $"rule add fwmark {rule["mark"]} table {rule["table"]}\n");
        }

        return commands.ToString();
    }

    /// <summary>Input of <c>ipset restore</c>.</summary>
    public static string Sets(JsonNode host)
    {
        var commands = new StringBuilder();
        foreach (var set in Items(host, "sets"))
        {
            var type = (string?)set["type"] ?? "hash:ip";
            var takesFamily = type.StartsWith("hash:", StringComparison.Ordinal) && type != "hash:mac";
            var family = takesFamily && set["family"] is { } given ? $"family {given}" : "";
            commands.Append(CultureInfo.InvariantCulture, $"create {set["name"]} {type} {family} {set["options"]}\n");
        }

        foreach (var set in Items(host, "sets"))
        {
            foreach (var member in Items(set, "members"))
            {
                commands.Append(CultureInfo.InvariantCulture, $"add {set["name"]} {member}\n");
            }
        }

        return commands.ToString();
    }

    /// <summary>The IPv6 addresses of all interfaces.</summary>
    public static IEnumerable<IPAddress> AddressesV6(JsonNode host) => Items(host, "interfaces")
        .SelectMany(entry => Items(entry, "addresses"))
        .Select(address => (string)address!)
        .Where(IsV6)
        .Select(address => IPAddress.Parse(address.Split('/')[0]));

    /// <summary>The elements of a list that may be absent.</summary>
    public static IEnumerable<JsonNode> Items(JsonNode node, string name) =>
        (node[name] as JsonArray ?? []).OfType<JsonNode>();

    private static bool IsV6(string address) => address.Contains(':');
}
