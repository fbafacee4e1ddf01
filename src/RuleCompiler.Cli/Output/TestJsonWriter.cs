using System.Collections.Immutable;
using System.Text.Json;
using RuleCompiler.Cli.Testing;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a test run as one JSON envelope; schema <c>rulec.test/1</c>.</summary>
internal static class TestJsonWriter
{
    public static void Write(ResultOutput output, ImmutableArray<TestFile> files)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Indented);
        JsonEnvelope.WriteStart(
            json, "rulec.test/1", [.. files.SelectMany(f => f.Environment?.Compilations ?? [])], files.SelectMany(f => f.Diagnostics).Select(d => Problem.Of(d)));
        json.WriteStartArray("results"u8);
        foreach (var file in files)
        {
            foreach (var result in file.Results)
            {
                WriteResult(json, file, result);
            }
        }
        json.WriteEndArray();
        json.WriteStartObject("summary"u8);
        foreach (var status in Enum.GetValues<TestStatus>())
        {
            var count = files.Sum(f => f.Count(status));
            if (count > 0 || status is TestStatus.Passed or TestStatus.Failed)
            {
                json.WriteNumber(status.Name(), count);
            }
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        output.Buffer.Append((byte)'\n');
    }

    private static void WriteResult(Utf8JsonWriter json, TestFile file, TestResult result)
    {
        json.WriteStartObject();
        json.WriteString("file"u8, file.Text.Path);
        json.WriteString("kind"u8, result.Item.Kind);
        json.WriteString("name"u8, result.Item.Name.Text);
        json.WriteNumber("line"u8, file.PlaceOf(result.Item.Name.Span).Line);
        json.WriteString("status"u8, result.Status.Name());
        json.WriteStartArray("failures"u8);
        foreach (var failure in result.Failures)
        {
            WriteFailure(json, file, failure);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, TestFile file, Failure failure)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, file.PlaceOf(failure.Span).Line);
        json.WriteString("expected"u8, failure.Expected);
        json.WriteString("actual"u8, failure.Actual);
        if (failure.Witness is { } witness)
        {
            json.WriteString("witness"u8, witness);
        }
        if (!failure.Details.IsEmpty)
        {
            json.WriteStartArray("details"u8);
            foreach (var detail in failure.Details)
            {
                json.WriteStringValue(detail);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
