using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

/// <summary>What other meshes than Istio write into a pod by default.</summary>
internal static class MeshDumps
{
    public const string Linkerd = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :PROXY_INIT_OUTPUT - [0:0]
        :PROXY_INIT_REDIRECT - [0:0]
        -A PREROUTING -j PROXY_INIT_REDIRECT
        -A OUTPUT -j PROXY_INIT_OUTPUT
        -A PROXY_INIT_OUTPUT -m owner --uid-owner 2102 -j RETURN
        -A PROXY_INIT_OUTPUT -o lo -j RETURN
        -A PROXY_INIT_OUTPUT -p tcp -m multiport --dports 4567,4568 -j RETURN
        -A PROXY_INIT_OUTPUT -p tcp -j REDIRECT --to-ports 4140
        -A PROXY_INIT_REDIRECT -p tcp -m multiport --dports 4190,4191,4567,4568 -j RETURN
        -A PROXY_INIT_REDIRECT -p tcp -j REDIRECT --to-ports 4143
        COMMIT

        """;

    public const string Kuma = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :KUMA_MESH_INBOUND - [0:0]
        :KUMA_MESH_INBOUND_REDIRECT - [0:0]
        :KUMA_MESH_OUTBOUND - [0:0]
        :KUMA_MESH_OUTBOUND_REDIRECT - [0:0]
        -A PREROUTING -p tcp -j KUMA_MESH_INBOUND
        -A OUTPUT -p udp -m udp --dport 53 -m owner --uid-owner 5678 -j RETURN
        -A OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053
        -A OUTPUT -p tcp -m tcp --dport 53 -m owner ! --uid-owner 5678 -j RETURN
        -A OUTPUT -p tcp -j KUMA_MESH_OUTBOUND
        -A KUMA_MESH_INBOUND -p tcp -j KUMA_MESH_INBOUND_REDIRECT
        -A KUMA_MESH_INBOUND_REDIRECT -p tcp -j REDIRECT --to-ports 15006
        -A KUMA_MESH_OUTBOUND -s 127.0.0.6/32 -o lo -j RETURN
        -A KUMA_MESH_OUTBOUND ! -d 127.0.0.1/32 -o lo -p tcp -m tcp ! --dport 53 -m owner --uid-owner 5678 -j KUMA_MESH_INBOUND_REDIRECT
        -A KUMA_MESH_OUTBOUND -o lo -p tcp -m tcp ! --dport 53 -m owner ! --uid-owner 5678 -j RETURN
        -A KUMA_MESH_OUTBOUND -m owner --uid-owner 5678 -j RETURN
        -A KUMA_MESH_OUTBOUND -d 127.0.0.1/32 -j RETURN
        -A KUMA_MESH_OUTBOUND -j KUMA_MESH_OUTBOUND_REDIRECT
        -A KUMA_MESH_OUTBOUND_REDIRECT -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """;

    public const string Consul = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :CONSUL_PROXY_INBOUND - [0:0]
        :CONSUL_PROXY_IN_REDIRECT - [0:0]
        :CONSUL_PROXY_OUTPUT - [0:0]
        :CONSUL_PROXY_REDIRECT - [0:0]
        -A PREROUTING -p tcp -j CONSUL_PROXY_INBOUND
        -A OUTPUT -p tcp -j CONSUL_PROXY_OUTPUT
        -A CONSUL_PROXY_INBOUND -p tcp -j CONSUL_PROXY_IN_REDIRECT
        -A CONSUL_PROXY_IN_REDIRECT -p tcp -j REDIRECT --to-ports 20000
        -A CONSUL_PROXY_OUTPUT -m owner --uid-owner 5995 -j RETURN
        -A CONSUL_PROXY_OUTPUT -d 127.0.0.1/32 -j RETURN
        -A CONSUL_PROXY_OUTPUT -j CONSUL_PROXY_REDIRECT
        -A CONSUL_PROXY_REDIRECT -p tcp -j REDIRECT --to-ports 15001
        COMMIT

        """;

    public const string Osm = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :OSM_PROXY_INBOUND - [0:0]
        :OSM_PROXY_IN_REDIRECT - [0:0]
        :OSM_PROXY_OUTBOUND - [0:0]
        :OSM_PROXY_OUT_REDIRECT - [0:0]
        -A PREROUTING -p tcp -j OSM_PROXY_INBOUND
        -A OUTPUT -p tcp -j OSM_PROXY_OUTBOUND
        -A OSM_PROXY_INBOUND -p tcp -m tcp --dport 15010 -j RETURN
        -A OSM_PROXY_INBOUND -p tcp -m tcp --dport 15901 -j RETURN
        -A OSM_PROXY_INBOUND -p tcp -m tcp --dport 15902 -j RETURN
        -A OSM_PROXY_INBOUND -p tcp -m tcp --dport 15903 -j RETURN
        -A OSM_PROXY_INBOUND -p tcp -m tcp --dport 15904 -j RETURN
        -A OSM_PROXY_INBOUND -p tcp -j OSM_PROXY_IN_REDIRECT
        -A OSM_PROXY_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15003
        -A OSM_PROXY_OUTBOUND ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1500 -j OSM_PROXY_IN_REDIRECT
        -A OSM_PROXY_OUTBOUND -o lo -m owner ! --uid-owner 1500 -j RETURN
        -A OSM_PROXY_OUTBOUND -m owner --uid-owner 1500 -j RETURN
        -A OSM_PROXY_OUTBOUND -d 127.0.0.1/32 -j RETURN
        -A OSM_PROXY_OUTBOUND -j OSM_PROXY_OUT_REDIRECT
        -A OSM_PROXY_OUT_REDIRECT -p tcp -j REDIRECT --to-ports 15001
        -A OSM_PROXY_OUT_REDIRECT -p tcp -m tcp --dport 15000 -j ACCEPT
        COMMIT

        """;

    public const string Ambient = """
        *mangle
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :ISTIO_OUTPUT - [0:0]
        :ISTIO_PRERT - [0:0]
        -A PREROUTING -j ISTIO_PRERT
        -A OUTPUT -j ISTIO_OUTPUT
        -A ISTIO_OUTPUT -m connmark --mark 0x111/0xfff -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff
        -A ISTIO_PRERT -m mark --mark 0x539/0xfff -j CONNMARK --set-xmark 0x111/0xfff
        COMMIT
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :ISTIO_OUTPUT - [0:0]
        :ISTIO_PRERT - [0:0]
        -A PREROUTING -j ISTIO_PRERT
        -A OUTPUT -j ISTIO_OUTPUT
        -A ISTIO_OUTPUT -d 169.254.7.127/32 -p tcp -m tcp -j ACCEPT
        -A ISTIO_OUTPUT -p tcp -m mark --mark 0x111/0xfff -j ACCEPT
        -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -j ACCEPT
        -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -p tcp -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15001
        -A ISTIO_PRERT -s 169.254.7.127/32 -p tcp -m tcp -j ACCEPT
        -A ISTIO_PRERT ! -d 127.0.0.1/32 -p tcp -m tcp ! --dport 15008 -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15006
        COMMIT

        """;

    /// <summary>The meshes.</summary>
    public static string[] Names { get; } = ["Linkerd", "Kuma", "Consul", "Open Service Mesh", "Istio ambient", "Istio"];

    /// <summary>What a mesh writes.</summary>
    public static string Of(string name) => name switch
    {
        "Linkerd" => Linkerd,
        "Kuma" => Kuma,
        "Consul" => Consul,
        "Open Service Mesh" => Osm,
        "Istio ambient" => Ambient,
        "Istio" => SidecarDump.Today.ToString(),
        _ => throw new ArgumentException("there is no such mesh", nameof(name)),
    };

    /// <summary>A dump without the lines that have some words.</summary>
    public static string Without(this string dump, string words) => Lines(dump, line => line.Contains(words, StringComparison.Ordinal) ? null : line);

    /// <summary>A dump with a line before the first that has some words.</summary>
    public static string With(this string dump, string line, string before)
    {
        var at = dump.IndexOf(before, StringComparison.Ordinal);
        var start = at < 0 ? throw new ArgumentException($"nothing has '{before}'", nameof(before)) : dump.LastIndexOf('\n', at) + 1;
        return dump.Insert(start, line + "\n");
    }

    /// <summary>A dump with the first line that has some words marked.</summary>
    public static string Marked(this string dump, string words)
    {
        var isMarked = false;
        var marked = Lines(dump, line =>
        {
            if (isMarked || !line.Contains(words, StringComparison.Ordinal))
            {
                return line;
            }
            isMarked = true;
            return $"[|{line}|]";
        });
        return isMarked ? marked : throw new ArgumentException($"nothing has '{words}'", nameof(words));
    }

    private static string Lines(string dump, Func<string, string?> change) =>
        string.Join('\n', dump.Split('\n').Select(change).OfType<string>());
}
