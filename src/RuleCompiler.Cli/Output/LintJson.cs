using System.Text.Json;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>The parts of a lint report in JSON that json and ndjson share; schema <c>rulec.lint/1</c>.</summary>
internal static class LintJson
{
    public const string Schema = "rulec.lint/1";

    /// <summary>Opens the envelope and writes all of it but the findings; the caller goes on and closes it.</summary>
    public static void WriteStart(Utf8JsonWriter json, LintReport report)
    {
        var hosts = report.Dumps.Where(dump => dump.Host is not null).ToArray();
        var host = hosts is [var only] ? only.Host : hosts.Select(dump => dump.GivenHost).FirstOrDefault(given => given is not null);
        JsonEnvelope.WriteStart(
            json, Schema, report.Compilations, report.Dumps.SelectMany(dump => dump.Problems), host);
        if (host is null && hosts.Length > 0)
        {
            WriteHosts(json, hosts);
        }
        WriteUndecided(json, report);
        WriteFixed(json, report);
        WriteSummary(json, report);
    }

    public static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, finding.Id);
        json.WriteString("severity"u8, Problem.Word(finding.Severity));
        WritePlace(json, finding.Location);
        json.WriteString("message"u8, finding.Message);
        json.WriteString("family"u8, finding.Family.Name());
        WriteRule(json, finding.Chain, finding.RuleNumber);
        WriteCauses(json, finding);
        if (finding.Witness is { } witness)
        {
            json.WriteString("witness"u8, witness);
        }
        if (finding.WitnessOutcome is { } outcome)
        {
            json.WriteString("witnessOutcome"u8, outcome);
        }
        WriteList(json, "assumptions", finding.Assumptions);
        WriteList(json, "given", finding.Given);
        foreach (var (name, value) in finding.Properties)
        {
            json.WriteString(name, value);
        }
        if (finding.Fix is { } fix)
        {
            WriteFix(json, finding.Location.Source, fix);
        }
        json.WriteString("fingerprint"u8, finding.Fingerprint);
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, Location location)
    {
        json.WriteString("path"u8, location.Source.Path);
        WriteRange(json, location.Start, location.End);
    }

    private static void WriteRange(Utf8JsonWriter json, LinePosition start, LinePosition end)
    {
        json.WriteNumber("line"u8, start.Line);
        json.WriteNumber("column"u8, start.Column);
        json.WriteNumber("endLine"u8, end.Line);
        json.WriteNumber("endColumn"u8, end.Column);
    }

    private static void WriteRule(Utf8JsonWriter json, ChainSymbol? chain, int? ruleNumber)
    {
        if (chain is null)
        {
            return;
        }
        json.WriteString("table"u8, chain.Table.Name());
        json.WriteString("chain"u8, chain.Name);
        if (ruleNumber is { } number)
        {
            json.WriteNumber("rule"u8, number);
        }
    }

    private static void WriteCauses(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("because"u8);
        foreach (var cause in finding.Because)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, cause.Location.Source.Path);
            json.WriteNumber("line"u8, cause.Location.Start.Line);
            WriteRule(json, cause.Chain, cause.RuleNumber);
            json.WriteString("label"u8, cause.Label);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFix(Utf8JsonWriter json, SourceText text, Fix fix)
    {
        json.WriteStartObject("fix"u8);
        json.WriteString("title"u8, fix.Title);
        json.WriteBoolean("keepsBehaviour"u8, fix.KeepsBehaviour);
        json.WriteStartArray("edits"u8);
        foreach (var change in fix.Changes)
        {
            json.WriteStartObject();
            WriteRange(json, text.GetLinePosition(change.Span.Start), text.GetLinePosition(change.Span.End));
            json.WriteString("newText"u8, change.NewText);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHosts(Utf8JsonWriter json, IEnumerable<LintedDump> dumps)
    {
        json.WriteStartArray("hosts"u8);
        foreach (var dump in dumps)
        {
            if (dump is { Host: { } host, Compilation: { } compilation })
            {
                json.WriteStartObject();
                json.WriteString("path"u8, compilation.Tree.Text.Path);
                json.WritePropertyName("host"u8);
                HostJsonWriter.Write(json, host);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    private static void WriteUndecided(Utf8JsonWriter json, LintReport report)
    {
        if (report.UndecidedCount == 0)
        {
            return;
        }
        json.WriteStartArray("undecided"u8);
        foreach (var undecided in report.Dumps.SelectMany(dump => dump.Undecided))
        {
            json.WriteStartObject();
            json.WriteString("path"u8, undecided.Location.Source.Path);
            json.WriteNumber("line"u8, undecided.Location.Start.Line);
            json.WriteString("question"u8, undecided.Question);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>What <c>--fix</c> took away; a line is that of the text in which it was found.</summary>
    private static void WriteFixed(Utf8JsonWriter json, LintReport report)
    {
        if (report.Dumps.All(dump => dump.Fixes is null))
        {
            return;
        }
        json.WriteStartArray("fixed"u8);
        foreach (var finding in report.Dumps.SelectMany(dump => dump.Fixes?.Fixed ?? []))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, finding.Id);
            json.WriteString("path"u8, finding.Location.Source.Path);
            json.WriteNumber("line"u8, finding.Location.Start.Line);
            WriteRule(json, finding.Chain, finding.RuleNumber);
            json.WriteString("fingerprint"u8, finding.Fingerprint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, LintReport report)
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("files"u8, report.Dumps.Length);
        foreach (var severity in (ReadOnlySpan<DiagnosticSeverity>)
            [DiagnosticSeverity.Error, DiagnosticSeverity.Warning, DiagnosticSeverity.Info])
        {
            json.WriteNumber(Problem.Word(severity), report.Count(severity));
        }
        json.WriteNumber("suppressed"u8, report.SuppressedCount);
        json.WriteNumber("baseline"u8, report.BaselineCount);
        json.WriteNumber("undecided"u8, report.UndecidedCount);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
