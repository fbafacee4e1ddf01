using System.Text.Json;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a lint report as one JSON envelope, or as one line for the envelope and one for each finding.</summary>
internal static class LintJsonWriter
{
    public static void Write(ResultOutput output, LintReport report)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Indented);
        LintJson.WriteStart(json, report);
        json.WriteStartArray("findings"u8);
        foreach (var finding in report.Findings)
        {
            LintJson.WriteFinding(json, finding);
            json.Flush();
            output.FlushIfFull();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Buffer.Append((byte)'\n');
    }

    public static void WriteLines(ResultOutput output, LintReport report)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Compact);
        LintJson.WriteStart(json, report);
        json.WriteEndObject();
        EndLine();
        foreach (var finding in report.Findings)
        {
            LintJson.WriteFinding(json, finding);
            EndLine();
            output.FlushIfFull();
        }

        void EndLine()
        {
            json.Flush();
            json.Reset();
            output.Buffer.Append((byte)'\n');
        }
    }
}
