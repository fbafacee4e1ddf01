using System.Globalization;
using System.Text.Json;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a comparison as one JSON envelope; schema <c>rulec.diff/1</c>.</summary>
internal static class DiffJsonWriter
{
    public static void Write(ResultOutput output, DiffReport report)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Indented);
        JsonEnvelope.WriteStart(json, "rulec.diff/1", [report.Before, report.After], report.Result.OldHost);
        if (!ReferenceEquals(report.Result.OldHost, report.Result.NewHost))
        {
            json.WritePropertyName("newHost"u8);
            HostJsonWriter.Write(json, report.Result.NewHost);
        }
        if (report.Result.Equivalence == Equivalence.Unknown)
        {
            json.WriteString("equivalent"u8, "unknown");
            json.WriteString("reason"u8, report.Result.Reason);
        }
        else
        {
            json.WriteBoolean("equivalent"u8, report.Result.Equivalence == Equivalence.Equivalent);
        }
        json.WriteStartArray("regions"u8);
        foreach (var region in report.Result.Regions)
        {
            Write(json, region);
            json.Flush();
            output.FlushIfFull();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Buffer.Append((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, DiffRegion region)
    {
        json.WriteStartObject();
        json.WriteString("family"u8, region.Family.Name());
        json.WriteString("hook"u8, region.Hook.Name());
        json.WriteString("witness"u8, PacketExpression.Format(region.Witness));
        OutcomeJson.WriteList(json, "assumptions"u8, region.Assumptions.Select(assumption => assumption.ToString()));
        json.WriteString("count"u8, region.Count.ToString(CultureInfo.InvariantCulture));
        if (!region.IsExact)
        {
            json.WriteBoolean("exact"u8, false);
        }
        json.WriteStartObject("old"u8);
        OutcomeJson.Write(json, region.Old);
        json.WriteEndObject();
        json.WriteStartObject("new"u8);
        OutcomeJson.Write(json, region.New);
        json.WriteEndObject();
        OutcomeJson.WriteList(json, "space"u8, region.Space);
        json.WriteEndObject();
    }
}
