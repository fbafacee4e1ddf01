using System.Net;
using System.Text.Json.Nodes;

namespace RuleCompiler.Tests.Generators;

/// <summary>A host drawn at random, and the words about it that rules and packets are drawn from.</summary>
internal sealed class RandomHost
{
    private static readonly string[] Names = ["eth0", "eth1", "ens3", "enp1s0", "veth7", "wan0", "cali1a2b", "br-lan"];
    private readonly Draw _draw;
    private readonly List<string> _prefixes = [];

    public RandomHost(Draw draw, bool isV6)
    {
        (_draw, IsV6) = (draw, isV6);
        Interfaces = draw.Some(draw.Between(1, 3), Names);
        Ports = [.. Enumerable.Range(0, 6).Select(_ => (ushort)draw.Pick(22, 53, 80, 443, 8080, 15001, draw.Between(1, 65534)))];
        Ids = [0, 1337, .. Enumerable.Range(0, 3).Select(_ => (uint)draw.Between(1, 60000))];
        Marks = [0, 1, (uint)draw.Between(2, 0xffff), 0x539];
        Json = Build();
    }

    public bool IsV6 { get; }

    /// <summary>Host facts as <c>--host</c> takes them.</summary>
    public JsonObject Json { get; }

    /// <summary>Names of the interfaces but <c>lo</c>.</summary>
    public IReadOnlyList<string> Interfaces { get; }

    /// <summary>Addresses of the host, the loopback's first.</summary>
    public List<string> Local { get; } = [];

    /// <summary>Addresses on the host's networks and beyond, none of them its own.</summary>
    public List<string> Remote { get; } = [];

    public IReadOnlyList<ushort> Ports { get; }

    /// <summary>Users and groups.</summary>
    public IReadOnlyList<uint> Ids { get; }

    public IReadOnlyList<uint> Marks { get; }

    /// <summary>Sets by name, with the directions their type takes.</summary>
    public List<(string Name, int Dimensions)> Sets { get; } = [];

    /// <summary>The port of the transparent listeners; 0 where there are none.</summary>
    public ushort ProxyPort { get; private set; }

    /// <summary>The table whose first rule makes the rate estimator <c>q</c>; null while none does.</summary>
    public string? EstimatedTable { get; set; }

    /// <summary>Whether conntrack runs.</summary>
    public bool IsTracking { get; private set; } = true;

    public string AnyAddress() => _draw.Chance(50) ? _draw.Pick(Local) : _draw.Pick(Remote);

    /// <summary>An address or prefix, as often as not one that covers what packets bear.</summary>
    public string AnyPrefix()
    {
        var bits = IsV6 ? 128 : 32;
        return _draw.Between(0, 9) switch
        {
            < 5 => $"{AnyAddress()}/{bits}",
            < 8 => _draw.Pick(_prefixes),
            8 => $"{AnyAddress()}/{_draw.Between(1, bits)}",
            _ => IsV6 ? $"{AnyAddress()}/ffff::ff" : $"{AnyAddress()}/{_draw.Pick("255.0.255.0", "0.0.0.255", "255.255.0.255")}",
        };
    }

    /// <summary>A port that packets bear, its neighbour, or any.</summary>
    public int AnyPort() => _draw.Between(0, 9) switch
    {
        < 7 => _draw.Pick(Ports),
        7 => _draw.Pick(Ports) + 1,
        8 => Math.Max(_draw.Pick(Ports) - 1, 0),
        _ => _draw.Between(0, 65535),
    };

    /// <summary>What packets on this host are drawn from.</summary>
    public PacketStock Stock => new()
    {
        IsV6 = IsV6,
        Interfaces = Interfaces,
        Local = Local,
        Remote = Remote,
        Ports = [.. Ports.Select(port => (int)port)],
        Ids = Ids,
        Marks = Marks,
    };

    /// <summary>The last address of a range that begins with one given.</summary>
    public string AddressAbove(string first)
    {
        var bytes = IPAddress.Parse(first).GetAddressBytes();
        bytes[^1] = (byte)_draw.Between(bytes[^1], 255);
        return new IPAddress(bytes).ToString();
    }

    private JsonObject Build()
    {
        var interfaces = new JsonArray();
        if (IsV6)
        {
            Local.Add("::1");
        }
        else
        {
            Local.Add("127.0.0.1");
            _prefixes.AddRange(["127.0.0.0/8", "10.0.0.0/8", "224.0.0.0/4"]);
        }

        for (var index = 0; index < Interfaces.Count; index++)
        {
            interfaces.Add(BuildInterface(index));
        }

        Remote.AddRange(IsV6 ? ["2001:db8::5", "2001:db8:1::77"] : ["198.51.100.7", "203.0.113.9", "8.8.8.8"]);
        var host = new JsonObject { ["interfaces"] = interfaces, ["routes"] = BuildRoutes() };
        AddOptionalFacts(host);
        return host;
    }

    private JsonObject BuildInterface(int index)
    {
        var addresses = new JsonArray();
        var count = _draw.Between(1, 2);
        for (var number = 0; number < count; number++)
        {
            var prefix = IsV6 ? $"fd00:{index}:{number}::" : $"10.{(index * 16) + number}.{_draw.Between(0, 255)}.";
            var length = IsV6 ? 64 : 24;
            var own = _draw.Between(1, 99);
            addresses.Add($"{prefix}{own}/{length}");
            Local.Add($"{prefix}{own}");
            Remote.Add($"{prefix}{_draw.Between(100, 120)}");
            Remote.Add($"{prefix}{_draw.Between(121, 250)}");
            _prefixes.Add(IsV6 ? $"{prefix}/64" : $"{prefix}0/24");
        }

        return new JsonObject { ["name"] = Interfaces[index], ["addresses"] = addresses };
    }

    private JsonArray BuildRoutes()
    {
        var last = Interfaces.Count - 1;
        var gateway = IsV6 ? $"fd00:{last}:0::fe" : $"{_prefixes[^1][..^4]}254";
        return
        [
            new JsonObject { ["destination"] = "default", ["via"] = gateway, ["interface"] = Interfaces[last] },
            new JsonObject
            {
                ["destination"] = IsV6 ? "2001:db8:1::/48" : "203.0.113.0/24",
                ["interface"] = Interfaces[0],
            },
        ];
    }

    private void AddOptionalFacts(JsonObject host)
    {
        if (_draw.Chance(30))
        {
            AddMarkedRoute(host);
        }

        if (_draw.Chance(40))
        {
            AddSets(host);
        }

        if (_draw.Chance(25))
        {
            ProxyPort = 15006;
            host["sockets"] = new JsonArray(Listener("tcp"), Listener("udp"));
        }

        if (_draw.Chance(5))
        {
            host["forwarding"] = false;
        }

        if (_draw.Chance(10))
        {
            host["conntrack"] = IsTracking = false;
        }
    }

    private void AddMarkedRoute(JsonObject host)
    {
        const int table = 133;
        var route = _draw.Chance(50)
            ? new JsonObject { ["destination"] = "default", ["type"] = "local", ["interface"] = "lo", ["table"] = table }
            : new JsonObject { ["destination"] = "default", ["interface"] = Interfaces[0], ["table"] = table };
        host["routes"]!.AsArray().Add(route);
        host["rules"] = new JsonArray(new JsonObject { ["mark"] = "0x539", ["table"] = table });
    }

    private void AddSets(JsonObject host)
    {
        var family = IsV6 ? "inet6" : "inet";
        var net = IsV6 ? "fd00::/16" : "10.0.0.0/8";
        host["sets"] = new JsonArray(
            Set("s1", "hash:ip", family, AnyAddress(), AnyAddress()),
            Set("s2", "hash:ip,port", family, $"{AnyAddress()},tcp:{_draw.Pick(Ports)}", $"{AnyAddress()},udp:{_draw.Pick(Ports)}"),
            Set("s3", "hash:net", family, net, $"{AnyAddress()} nomatch"),
            Set("s4", "bitmap:port range 0-65535", family, $"{_draw.Pick(Ports)}", $"{_draw.Pick(Ports)}"),
            Set("s5", "hash:net,iface", family, $"{net},{_draw.Pick(Interfaces)}", $"{AnyAddress()},{_draw.Pick(Interfaces)}"),
            Set("s6", "hash:ip,port,ip", family, $"{AnyAddress()},tcp:{_draw.Pick(Ports)},{AnyAddress()}", $"{AnyAddress()},udp:{_draw.Pick(Ports)},{AnyAddress()}"),
            Set("s7", "hash:net,port", family, $"{net},{_draw.Pick(Ports)}", $"{AnyAddress()},udp:{_draw.Pick(Ports)} nomatch"),
            Set("s8", "list:set", family, "s1", "s3"));
        Sets.AddRange([("s1", 1), ("s2", 2), ("s3", 1), ("s4", 1), ("s5", 2), ("s6", 3), ("s7", 2), ("s8", 1)]);
        var inRange = Remote.Where(address => address.StartsWith("10.0.", StringComparison.Ordinal)).ToList();
        if (inRange.Count > 1)
        {
            host["sets"]!.AsArray().Add(Set("s9", "bitmap:ip,mac range 10.0.0.0/16", family, $"{inRange[0]},02:00:00:00:00:77", inRange[^1]));
            Sets.Add(("s9", 2));
        }
    }

    private static JsonObject Set(string name, string typeAndOptions, string family, params string[] members) => new()
    {
        ["name"] = name,
        ["type"] = typeAndOptions.Split(' ')[0],
        ["family"] = family,
        ["options"] = string.Join(' ', typeAndOptions.Split(' ').Skip(1)),
        ["members"] = new JsonArray([.. members.Distinct().Select(member => (JsonNode)member)]),
    };

    private JsonObject Listener(string protocol) => new()
    {
        ["protocol"] = protocol,
        ["address"] = IsV6 ? "::" : "0.0.0.0",
        ["port"] = ProxyPort,
        ["transparent"] = _draw.Chance(80),
    };
}
