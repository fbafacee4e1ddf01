using System.Text.Json;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>Writes the outcome of a region's packets, the same in every result that holds one.</summary>
internal static class OutcomeJson
{
    /// <summary>Fields of the object that the caller has open.</summary>
    public static void Write(Utf8JsonWriter json, DiffOutcome outcome)
    {
        json.WriteString("verdict"u8, outcome.Verdict.Name());
        WriteOptional(json, "detail"u8, outcome.Detail);
        WriteOptional(json, "lost"u8, outcome.Lost);
        WriteOptional(json, "table"u8, outcome.Table?.Name());
        WriteOptional(json, "chain"u8, outcome.Chain);
        WriteOptional(json, "rule"u8, outcome.Rule);
        WriteOptional(json, "line"u8, outcome.Line);
        WriteOptional(json, "rewrite"u8, outcome.Rewrite);
        WriteOptional(json, "changes"u8, outcome.Changes);
    }

    public static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
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

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
