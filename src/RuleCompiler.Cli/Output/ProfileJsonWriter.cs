using System.Text.Json;
using RuleCompiler.Flows;

namespace RuleCompiler.Cli.Output;

/// <summary>Writes a mesh under the names by which a profile file gives it.</summary>
internal static class ProfileJsonWriter
{
    /// <summary>Its names and numbers; not its flows.</summary>
    public static void Write(Utf8JsonWriter json, MeshProfile profile)
    {
        json.WriteStartObject();
        WriteRoles(json, profile);
        json.WriteEndObject();
    }

    /// <summary>All of it: what a file for <c>--profile</c> holds.</summary>
    public static void WriteWhole(Utf8JsonWriter json, MeshProfile profile)
    {
        json.WriteStartObject();
        WriteRoles(json, profile);
        WriteNumbers(json, "selfPorts"u8, profile.SelfPorts.Select(p => (uint)p));
        WriteOptional(json, "tunnelPort"u8, profile.TunnelPort);
        json.WriteBoolean("capturesSelfCalls"u8, profile.CapturesSelfCalls);
        WriteNumbers(json, "selfCallExceptions"u8, profile.SelfCallExceptions.Select(p => (uint)p));
        json.WriteBoolean("capturesNames"u8, profile.CapturesNames);
        json.WriteBoolean("capturesTcpNames"u8, profile.CapturesTcpNames);
        WriteTexts(json, "probeSources"u8, profile.ProbeSources.Select(a => a.ToString()));
        json.WriteBoolean("callsLoopback"u8, profile.CallsLoopback);
        json.WriteStartArray("articleRules"u8);
        foreach (var rule in profile.ArticleRules)
        {
            json.WriteStartObject();
            json.WriteNumber("number"u8, rule.Number);
            json.WriteString("action"u8, rule.Action);
            WriteOptional(json, "owner"u8, rule.Owner);
            WriteOptional(json, "source"u8, rule.Source);
            WriteOptional(json, "destination"u8, rule.Destination);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("flows"u8);
        foreach (var flow in profile.Flows)
        {
            WriteFlow(json, flow);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRoles(Utf8JsonWriter json, MeshProfile profile)
    {
        json.WriteString("name"u8, profile.Name);
        json.WriteString("title"u8, profile.Title);
        json.WriteString("proxy"u8, profile.Proxy);
        json.WriteString("agent"u8, profile.Agent);
        WriteOptional(json, "chainPrefix"u8, profile.ChainPrefix);
        WriteNumbers(json, "proxyUids"u8, profile.ProxyUids);
        WriteNumbers(json, "proxyGids"u8, profile.ProxyGids);
        WriteOptional(json, "proxyMark"u8, profile.ProxyMark);
        json.WriteNumber("inboundPort"u8, profile.InboundPort);
        json.WriteNumber("outboundPort"u8, profile.OutboundPort);
        WriteOptional(json, "dnsPort"u8, profile.DnsPort);
        json.WriteNumber("adminPort"u8, profile.AdminPort);
        json.WriteString("controlPlane"u8, profile.ControlPlane);
        json.WriteNumber("controlPlanePort"u8, profile.ControlPlanePort);
        WriteNumbers(json, "servedPorts"u8, profile.ServedPorts.Select(p => (uint)p));
        WriteTexts(json, "passthroughSources"u8, profile.PassthroughSources.Select(a => a.ToString()));
    }

    private static void WriteFlow(Utf8JsonWriter json, FlowDefinition flow)
    {
        json.WriteStartObject();
        json.WriteNumber("number"u8, flow.Number);
        json.WriteString("name"u8, flow.Name);
        json.WriteString("opener"u8, Word(flow.Opener));
        json.WriteString("destination"u8, Word(flow.Destination));
        json.WriteString("protocol"u8, flow.Protocol);
        json.WriteString("from"u8, flow.From);
        json.WriteString("to"u8, flow.To);
        WriteTexts(json, "captures"u8, flow.Captures.Select(Word));
        WriteOptional(json, "article"u8, flow.Article);
        if (!flow.ArticleLegs.IsEmpty)
        {
            json.WriteStartArray("articleLegs"u8);
            foreach (var leg in flow.ArticleLegs)
            {
                if (leg is { } number)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteNullValue();
                }
            }
            json.WriteEndArray();
        }
        WriteOptional(json, "note"u8, flow.Note);
        json.WriteEndObject();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, uint? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
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

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
