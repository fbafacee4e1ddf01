using System.Text.Json;
using RuleCompiler.Cli.Linting;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a lint report as SARIF 2.1.0, which code scanning services read.</summary>
/// <remarks>Source: OASIS, Static Analysis Results Interchange Format 2.1.0, and its JSON schema.</remarks>
internal sealed class LintSarifWriter
{
    private const string SchemaUri = "https://json.schemastore.org/sarif-2.1.0.json";

    private readonly ResultOutput _output;
    private readonly LintReport _report;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, int> _ruleIndices = new(StringComparer.Ordinal);

    /// <summary>Suppressed findings are told too, marked; then all results have a list of suppressions (SARIF 3.27.23).</summary>
    private readonly bool _marksSuppressions;

    private LintSarifWriter(ResultOutput output, LintReport report, Utf8JsonWriter json)
    {
        _output = output;
        _report = report;
        _json = json;
        _marksSuppressions = report.SuppressedCount + report.BaselineCount > 0;
    }

    public static void Write(ResultOutput output, LintReport report)
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Indented);
        new LintSarifWriter(output, report, json).WriteLog();
        output.Buffer.Append((byte)'\n');
    }

    private void WriteLog()
    {
        _json.WriteStartObject();
        _json.WriteString("$schema"u8, SchemaUri);
        _json.WriteString("version"u8, "2.1.0"u8);
        _json.WriteStartArray("runs"u8);
        _json.WriteStartObject();
        WriteTool();
        WriteInvocation();
        _json.WriteString("columnKind"u8, "unicodeCodePoints"u8);
        _json.WriteStartArray("results"u8);
        foreach (var dump in _report.Dumps)
        {
            foreach (var finding in dump.AllFindings)
            {
                WriteResult(dump, finding);
                _json.Flush();
                _output.FlushIfFull();
            }
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteTool()
    {
        _json.WriteStartObject("tool"u8);
        _json.WriteStartObject("driver"u8);
        _json.WriteString("name"u8, "rulec"u8);
        _json.WriteString("version"u8, Rulec.Version);
        _json.WriteString("semanticVersion"u8, Rulec.Version);
        _json.WriteStartArray("rules"u8);
        var descriptors = _report.Dumps.SelectMany(dump => dump.AllFindings).Select(finding => finding.Descriptor)
            .DistinctBy(descriptor => descriptor.Id).OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal);
        foreach (var descriptor in descriptors)
        {
            _ruleIndices.Add(descriptor.Id, _ruleIndices.Count);
            WriteRule(descriptor);
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRule(DiagnosticDescriptor descriptor)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, descriptor.Id);
        WriteMessage("shortDescription", descriptor.Title);
        WriteMessage("fullDescription", descriptor.Explanation);
        WriteMessage("help", $"{descriptor.Explanation}\n\nrulec explain {descriptor.Id}");
        _json.WriteStartObject("defaultConfiguration"u8);
        _json.WriteString("level"u8, Level(descriptor.Severity));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteInvocation()
    {
        _json.WriteStartArray("invocations"u8);
        _json.WriteStartObject();
        _json.WriteBoolean("executionSuccessful"u8, _report.Dumps.All(dump => dump.IsLinted));
        _json.WriteStartArray("toolExecutionNotifications"u8);
        foreach (var failure in _report.Dumps.Select(dump => dump.Failure).OfType<Problem>())
        {
            WriteNotification(failure.Path, null, failure.Severity, $"{failure.Id}: {failure.Message}");
        }
        foreach (var undecided in _report.Dumps.SelectMany(dump => dump.Undecided))
        {
            WriteNotification(undecided.Location.Source.Path, undecided.Location, DiagnosticSeverity.Error, $"Undecided: {undecided.Question}");
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteNotification(string path, Location? location, DiagnosticSeverity severity, string message)
    {
        _json.WriteStartObject();
        _json.WriteString("level"u8, Level(severity));
        WriteMessage("message", message);
        _json.WriteStartArray("locations"u8);
        _json.WriteStartObject();
        WritePhysicalLocation(path, location);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteResult(LintedDump dump, Finding finding)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId"u8, finding.Id);
        _json.WriteNumber("ruleIndex"u8, _ruleIndices[finding.Id]);
        _json.WriteString("level"u8, Level(finding.Severity));
        WriteMessage("message", MessageOf(finding));
        _json.WriteStartArray("locations"u8);
        WriteLocation(finding.Location, finding.Chain, finding.RuleNumber, null);
        _json.WriteEndArray();
        if (!finding.Because.IsEmpty)
        {
            _json.WriteStartArray("relatedLocations"u8);
            foreach (var cause in finding.Because)
            {
                WriteLocation(cause.Location, cause.Chain, cause.RuleNumber, cause.Label);
            }
            _json.WriteEndArray();
        }
        if (finding.Fix is { KeepsBehaviour: true, Changes.IsEmpty: false } fix)
        {
            WriteFix(finding.Location.Source, fix);
        }
        _json.WriteStartObject("partialFingerprints"u8);
        _json.WriteString(Baseline.SarifFingerprint, finding.Fingerprint);
        _json.WriteEndObject();
        if (_marksSuppressions)
        {
            WriteSuppressions(finding.IsSuppressed, dump.IsKnown(finding));
        }
        WriteProperties(finding);
        _json.WriteEndObject();
    }

    /// <summary>With the witness, since viewers show nothing but the message.</summary>
    private static string MessageOf(Finding finding) => finding switch
    {
        { Witness: { } witness, WitnessOutcome: { } outcome } => $"{finding.Message} (witness: {witness}: {outcome})",
        { Witness: { } witness } => $"{finding.Message} (witness: {witness})",
        _ => finding.Message,
    };

    private void WriteLocation(Location location, ChainSymbol? chain, int? ruleNumber, string? label)
    {
        _json.WriteStartObject();
        WritePhysicalLocation(location.Source.Path, location);
        if (chain is not null)
        {
            _json.WriteStartArray("logicalLocations"u8);
            _json.WriteStartObject();
            _json.WriteString("fullyQualifiedName"u8, ruleNumber is { } number ? $"{chain}:{number}" : chain.ToString());
            _json.WriteString("kind"u8, ruleNumber is null ? "chain"u8 : "rule"u8);
            _json.WriteEndObject();
            _json.WriteEndArray();
        }
        if (label is not null)
        {
            WriteMessage("message", label);
        }
        _json.WriteEndObject();
    }

    private void WritePhysicalLocation(string path, Location? location)
    {
        _json.WriteStartObject("physicalLocation"u8);
        WriteArtifact(path);
        if (location is { } place)
        {
            WriteRegion("region", place.Start, place.End);
        }
        _json.WriteEndObject();
    }

    private void WriteArtifact(string path)
    {
        _json.WriteStartObject("artifactLocation"u8);
        _json.WriteString("uri"u8, SarifUri.Of(path));
        _json.WriteEndObject();
    }

    private void WriteRegion(string name, LinePosition start, LinePosition end)
    {
        _json.WriteStartObject(name);
        _json.WriteNumber("startLine"u8, start.Line);
        _json.WriteNumber("startColumn"u8, start.Column);
        _json.WriteNumber("endLine"u8, end.Line);
        _json.WriteNumber("endColumn"u8, end.Column);
        _json.WriteEndObject();
    }

    private void WriteFix(SourceText text, Fix fix)
    {
        _json.WriteStartArray("fixes"u8);
        _json.WriteStartObject();
        WriteMessage("description", fix.Title);
        _json.WriteStartArray("artifactChanges"u8);
        _json.WriteStartObject();
        WriteArtifact(text.Path);
        _json.WriteStartArray("replacements"u8);
        foreach (var change in fix.Changes)
        {
            _json.WriteStartObject();
            WriteRegion("deletedRegion", text.GetLinePosition(change.Span.Start), text.GetLinePosition(change.Span.End));
            if (change.NewText.Length > 0)
            {
                WriteMessage("insertedContent", change.NewText);
            }
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteSuppressions(bool isInSource, bool isKnown)
    {
        _json.WriteStartArray("suppressions"u8);
        if (isInSource)
        {
            WriteSuppression("inSource", "rulec:ignore in the rule's comment");
        }
        if (isKnown)
        {
            WriteSuppression("external", "in the baseline");
        }
        _json.WriteEndArray();
    }

    private void WriteSuppression(string kind, string justification)
    {
        _json.WriteStartObject();
        _json.WriteString("kind"u8, kind);
        _json.WriteString("justification"u8, justification);
        _json.WriteEndObject();
    }

    private void WriteProperties(Finding finding)
    {
        var properties = finding.Properties
            .Concat(finding.Assumptions.Select(assumption => KeyValuePair.Create("assuming", assumption)))
            .Concat(finding.Given.Select(fact => KeyValuePair.Create("given", fact)))
            .GroupBy(property => property.Key, property => property.Value).ToArray();
        if (properties.Length == 0)
        {
            return;
        }
        _json.WriteStartObject("properties"u8);
        foreach (var property in properties)
        {
            _json.WriteString(property.Key, string.Join("; ", property));
        }
        _json.WriteEndObject();
    }

    private void WriteMessage(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text"u8, text);
        _json.WriteEndObject();
    }

    private static string Level(DiagnosticSeverity severity) => severity == DiagnosticSeverity.Info ? "note" : Problem.Word(severity);
}
