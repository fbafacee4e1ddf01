using System.Text.Json;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints what a search found as one JSON envelope; schema <c>rulec.search/1</c>.</summary>
internal static class SearchJsonWriter
{
    public static void Write(ResultOutput output, SearchReport report)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Indented);
        JsonEnvelope.WriteStart(json, "rulec.search/1", [report.Compilation], report.Host);
        json.WriteString("space"u8, report.Space.Text);
        if (report.Reason is { } reason)
        {
            json.WriteString("reason"u8, reason);
        }
        json.WriteStartArray("regions"u8);
        foreach (var region in report.Regions)
        {
            json.WriteStartObject();
            json.WriteString("family"u8, region.Family.Name());
            if (region.Hook is { } hook)
            {
                json.WriteString("hook"u8, hook.Name());
            }
            json.WriteString("witness"u8, PacketExpression.Format(region.Witness));
            OutcomeJson.WriteList(json, "assumptions"u8, region.Assumptions.Select(assumption => assumption.ToString()));
            OutcomeJson.Write(json, region.Outcome);
            OutcomeJson.WriteList(json, "space"u8, region.Space);
            json.WriteEndObject();
            json.Flush();
            output.FlushIfFull();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Buffer.Append((byte)'\n');
    }
}
