using System.Text.Json;
using RuleCompiler.Flows;

namespace RuleCompiler.Cli.Output;

/// <summary>Writes a mesh's names and numbers under the names by which a profile file gives them; not its flows.</summary>
internal static class ProfileJsonWriter
{
    public static void Write(Utf8JsonWriter json, MeshProfile profile)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, profile.Name);
        json.WriteString("title"u8, profile.Title);
        json.WriteString("proxy"u8, profile.Proxy);
        if (profile.ChainPrefix is { } prefix)
        {
            json.WriteString("chainPrefix"u8, prefix);
        }
        WriteNumbers(json, "proxyUids"u8, profile.ProxyUids);
        WriteNumbers(json, "proxyGids"u8, profile.ProxyGids);
        if (profile.ProxyMark is { } mark)
        {
            json.WriteNumber("proxyMark"u8, mark);
        }
        json.WriteNumber("inboundPort"u8, profile.InboundPort);
        json.WriteNumber("outboundPort"u8, profile.OutboundPort);
        if (profile.DnsPort is { } dns)
        {
            json.WriteNumber("dnsPort"u8, dns);
        }
        json.WriteNumber("adminPort"u8, profile.AdminPort);
        json.WriteString("controlPlane"u8, profile.ControlPlane);
        json.WriteNumber("controlPlanePort"u8, profile.ControlPlanePort);
        WriteNumbers(json, "servedPorts"u8, profile.ServedPorts.Select(p => (uint)p));
        json.WriteStartArray("passthroughSources"u8);
        foreach (var source in profile.PassthroughSources)
        {
            json.WriteStringValue(source.ToString());
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<uint> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }
}
