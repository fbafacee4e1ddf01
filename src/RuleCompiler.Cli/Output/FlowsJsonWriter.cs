using System.Text.Json;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints flows as one JSON envelope; schema <c>rulec.flows/1</c>.</summary>
internal static class FlowsJsonWriter
{
    public static void Write(ResultOutput output, FlowsReport report)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Indented);
        JsonEnvelope.WriteStart(json, "rulec.flows/1", [report.Compilation], report.Host);
        json.WritePropertyName("profile"u8);
        ProfileJsonWriter.Write(json, report.Profile);
        json.WriteStartArray("flows"u8);
        foreach (var flow in report.Flows)
        {
            WriteFlow(json, flow);
        }
        json.WriteEndArray();
        if (report.Note is { } note)
        {
            json.WriteString("note"u8, note);
        }
        WriteSummary(json, report);
        json.WriteEndObject();
        json.Flush();
        output.Buffer.Append((byte)'\n');
    }

    private static void WriteFlow(Utf8JsonWriter json, Flow flow)
    {
        json.WriteStartObject();
        json.WriteNumber("flow"u8, flow.Definition.Number);
        json.WriteString("name"u8, flow.Definition.Name);
        json.WriteString("family"u8, flow.Family.Name());
        json.WriteString("status"u8, flow.Status.Name());
        json.WriteStartArray("legs"u8);
        foreach (var leg in flow.Legs)
        {
            json.WriteStartObject();
            json.WriteString("from"u8, leg.From);
            json.WriteString("to"u8, leg.To);
            TraceJson.WriteFields(json, leg.Trace);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("path"u8, flow.Path);
        WriteOptional(json, "article"u8, flow.Definition.Article);
        WriteOptional(json, "note"u8, flow.Note);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, FlowsReport report)
    {
        json.WriteStartObject("summary"u8);
        foreach (var status in Enum.GetValues<FlowStatus>())
        {
            json.WriteNumber(status.Name(), report.Count(status));
        }
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
