using System.Globalization;
using System.Text.Json;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>Writes host facts in the form in which <c>--host</c> reads them, and whether they were inferred.</summary>
internal static class HostJsonWriter
{
    public static void Write(Utf8JsonWriter json, HostFacts host)
    {
        json.WriteStartObject();
        json.WriteBoolean("inferred"u8, host.IsInferred);
        WriteInterfaces(json, host);
        WriteRoutes(json, host);
        if (!host.Rules.IsEmpty)
        {
            json.WriteStartArray("rules"u8);
            foreach (var rule in host.Rules)
            {
                json.WriteStartObject();
                json.WriteString("mark"u8, string.Create(CultureInfo.InvariantCulture, $"0x{rule.Mark.Value:x}"));
                json.WriteNumber("table"u8, rule.Table);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        WriteSets(json, host);
        WriteSockets(json, host);
        WriteProcesses(json, host);
        json.WriteBoolean("forwarding"u8, host.Forwarding);
        json.WriteBoolean("conntrack"u8, host.Conntrack);
        json.WriteEndObject();
    }

    private static void WriteInterfaces(Utf8JsonWriter json, HostFacts host)
    {
        json.WriteStartArray("interfaces"u8);
        foreach (var device in host.Interfaces)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, device.Name);
            json.WriteStartArray("addresses"u8);
            foreach (var address in device.Addresses)
            {
                json.WriteStringValue(address.ToString());
            }
            json.WriteEndArray();
            WriteOptional(json, "mac"u8, device.Mac);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteRoutes(Utf8JsonWriter json, HostFacts host)
    {
        json.WriteStartArray("routes"u8);
        foreach (var route in host.Routes)
        {
            json.WriteStartObject();
            json.WriteString("destination"u8, route.Destination?.ToString() ?? "default");
            WriteOptional(json, "type"u8, route.IsLocal ? "local" : route.RejectType);
            WriteOptional(json, "via"u8, route.Via?.ToString());
            WriteOptional(json, "interface"u8, route.Interface);
            if (route.Table is { } table)
            {
                json.WriteNumber("table"u8, table);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSets(Utf8JsonWriter json, HostFacts host)
    {
        if (host.Sets.IsEmpty)
        {
            return;
        }
        json.WriteStartArray("sets"u8);
        foreach (var set in host.Sets)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, set.Name);
            json.WriteString("type"u8, set.Type);
            WriteOptional(json, "family"u8, set.Family);
            WriteOptional(json, "options"u8, set.Options);
            json.WriteStartArray("members"u8);
            foreach (var member in set.Members)
            {
                json.WriteStringValue(member);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSockets(Utf8JsonWriter json, HostFacts host)
    {
        if (host.Sockets.IsEmpty)
        {
            return;
        }
        json.WriteStartArray("sockets"u8);
        foreach (var socket in host.Sockets)
        {
            json.WriteStartObject();
            json.WriteString("protocol"u8, IpProtocol.Name(socket.Protocol));
            json.WriteString("address"u8, socket.Address.ToString());
            json.WriteNumber("port"u8, socket.Port);
            json.WriteBoolean("transparent"u8, socket.IsTransparent);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteProcesses(Utf8JsonWriter json, HostFacts host)
    {
        if (host.Processes.IsEmpty)
        {
            return;
        }
        json.WriteStartArray("processes"u8);
        foreach (var process in host.Processes)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, process.Role switch
            {
                HostRole.Proxy => "proxy"u8,
                HostRole.Resolver => "resolver"u8,
                _ => "application"u8,
            });
            json.WriteString("name"u8, process.Name);
            json.WriteNumber("uid"u8, process.Uid);
            json.WriteNumber("gid"u8, process.Gid);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
