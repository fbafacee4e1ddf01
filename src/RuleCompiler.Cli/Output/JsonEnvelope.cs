using System.Text.Encodings.Web;
using System.Text.Json;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>What every JSON result begins with: schema, version, inputs, host, problems.</summary>
internal static class JsonEnvelope
{
    /// <summary>One object over several lines, for people and <c>jq</c> alike.</summary>
    public static JsonWriterOptions Indented { get; } = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // not for HTML: only what JSON itself needs
        SkipValidation = true,
    };

    /// <summary>One object a line.</summary>
    public static JsonWriterOptions Compact { get; } = Indented with { Indented = false };

    /// <summary>Opens the envelope's object and writes its common fields; the caller goes on and closes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="schema">Such as <c>rulec.trace/1</c>.</param>
    /// <param name="compilations">The inputs.</param>
    /// <param name="host">The host used, if any.</param>
    public static void WriteStart(
        Utf8JsonWriter json, string schema, IReadOnlyList<Compilation> compilations, HostFacts? host = null) =>
        WriteStart(json, schema, compilations, compilations.SelectMany(c => c.Diagnostics).Select(d => Problem.Of(d)), host);

    /// <inheritdoc cref="WriteStart(Utf8JsonWriter, string, IReadOnlyList{Compilation}, HostFacts?)"/>
    /// <param name="json">Where to.</param>
    /// <param name="schema">Such as <c>rulec.trace/1</c>.</param>
    /// <param name="compilations">The inputs.</param>
    /// <param name="problems">Those of the inputs, and of other files.</param>
    /// <param name="host">The host used, if any.</param>
    public static void WriteStart(
        Utf8JsonWriter json,
        string schema,
        IReadOnlyList<Compilation> compilations,
        IEnumerable<Problem> problems,
        HostFacts? host = null)
    {
        json.WriteStartObject();
        json.WriteString("schema"u8, schema);
        json.WriteString("rulec"u8, Rulec.Version);
        WriteInputs(json, compilations);
        if (host is not null)
        {
            json.WritePropertyName("host"u8);
            HostJsonWriter.Write(json, host);
        }
        json.WriteStartArray("problems"u8);
        foreach (var problem in problems)
        {
            WriteProblem(json, problem);
        }
        json.WriteEndArray();
    }

    /// <summary>One entry for each family of each input.</summary>
    private static void WriteInputs(Utf8JsonWriter json, IReadOnlyList<Compilation> compilations)
    {
        json.WriteStartArray("input"u8);
        foreach (var compilation in compilations)
        {
            foreach (var family in compilation.Families)
            {
                json.WriteStartObject();
                json.WriteString("path"u8, compilation.Tree.Text.Path);
                json.WriteString("family"u8, family.Name());
                json.WriteStartArray("tables"u8);
                foreach (var table in compilation.GetRuleset(family)?.Tables ?? [])
                {
                    json.WriteStringValue(table.Name());
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    private static void WriteProblem(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, problem.Id);
        json.WriteString("severity"u8, Problem.Word(problem.Severity));
        json.WriteString("path"u8, problem.Path);
        if (problem is { Line: { } line, Column: { } column })
        {
            json.WriteNumber("line"u8, line);
            json.WriteNumber("column"u8, column);
        }
        json.WriteString("message"u8, problem.Message);
        json.WriteEndObject();
    }
}
