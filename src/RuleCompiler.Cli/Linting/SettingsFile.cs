using System.Collections.Immutable;
using System.Text.Json;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Linting;

/// <summary>Finds and reads <c>.rulec.json</c>: what a project asks of the linter, beside its dumps or above them.</summary>
/// <remarks>JSON with comments; all under <c>"lint"</c>. Paths in it are relative to its folder.</remarks>
internal sealed class SettingsFile(Session session)
{
    public const string Name = ".rulec.json";

    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly LintSettings None = new();

    private readonly Dictionary<string, LintSettings> _known = new(StringComparer.Ordinal);

    /// <summary>The settings for a dump: those of the nearest file, and of no other.</summary>
    /// <param name="dumpPath">As the user named it; <c>-</c> is in the working folder.</param>
    /// <exception cref="CommandFailedException">The file cannot be read, or is wrong.</exception>
    public LintSettings For(string dumpPath) =>
        InOrAbove(dumpPath == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(dumpPath)));

    private LintSettings InOrAbove(string? folder)
    {
        if (folder is null)
        {
            return None;
        }
        if (!_known.TryGetValue(folder, out var settings))
        {
            var path = Path.Join(folder, Name);
            settings = File.Exists(path) ? Read(DumpFile.Read(path, session), folder) : InOrAbove(Path.GetDirectoryName(folder));
            _known.Add(folder, settings);
        }
        return settings;
    }

    private static LintSettings Read(SourceText text, string folder)
    {
        var bytes = text.Bytes.StartsWith("\uFEFF"u8) ? text.Bytes["\uFEFF"u8.Length..] : text.Bytes;
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            return ReadFile(ref reader, folder);
        }
        catch (JsonException e)
        {
            var place = new LinePosition((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw Failed(text, place, $"No JSON: {(e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var end and > 0 ? e.Message[..end].TrimEnd('.', '|') : e.Message)}");
        }
        catch (FormatException e)
        {
            throw Failed(text, text.GetLinePosition((int)reader.TokenStartIndex + text.Length - bytes.Length), e.Message);
        }
    }

    private static CommandFailedException Failed(SourceText text, LinePosition place, string message) => new(
        Problem.OfFile(text.Path, ToolDiagnostics.UnusableSettings, message) with { Line = place.Line, Column = place.Column });

    private static LintSettings ReadFile(ref Utf8JsonReader reader, string folder)
    {
        var settings = None;
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        while (NextField(ref reader) is { } field)
        {
            if (field == "lint")
            {
                reader.Read();
                settings = ReadLint(ref reader, folder);
            }
            else
            {
                SkipSchema(ref reader, field, "lint");
            }
        }
        reader.Read(); // what stands behind it is no JSON
        return settings;
    }

    private static LintSettings ReadLint(ref Utf8JsonReader reader, string folder)
    {
        var settings = None;
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        while (NextField(ref reader) is { } field)
        {
            settings = field switch
            {
                "select" => settings with { Selected = Checks(ref reader) },
                "ignore" => settings with { Ignored = Checks(ref reader) },
                "severity" => settings with { Severities = Severities(ref reader) },
                "failOn" => settings with { FailOn = FailOn(ref reader) },
                "baseline" => settings with { Baseline = Path.Join(folder, Text(ref reader)) },
                "host" => settings with { Host = Path.Join(folder, Text(ref reader)) },
                "profile" => settings with { Profile = Profile(ref reader, folder) },
                _ => throw new FormatException(
                    $"No setting '{field}'; there are select, ignore, severity, failOn, baseline, host, profile"),
            };
        }
        return settings;
    }

    private static ImmutableArray<string> Checks(ref Utf8JsonReader reader)
    {
        var checks = ImmutableArray.CreateBuilder<string>();
        reader.Read();
        Expect(ref reader, JsonTokenType.StartArray, "a list of checks");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.String, "a check's ID or name");
            checks.Add(CheckNames.Parse(reader.GetString() ?? ""));
        }
        return checks.DrainToImmutable();
    }

    private static ImmutableSortedDictionary<string, DiagnosticSeverity?> Severities(ref Utf8JsonReader reader)
    {
        var severities = ImmutableSortedDictionary.CreateBuilder<string, DiagnosticSeverity?>(StringComparer.Ordinal);
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject, "an object with a severity for each check");
        while (NextField(ref reader) is { } check)
        {
            var id = CheckNames.ParseOne(check);
            severities[id] = LintSettings.ParseSeverity(Text(ref reader));
        }
        return severities.ToImmutable();
    }

    private static string FailOn(ref Utf8JsonReader reader)
    {
        var word = Text(ref reader);
        return word is "error" or "warning" or "info" or LintSettings.Never
            ? word
            : throw new FormatException($"'{word}' is none of error, warning, info, {LintSettings.Never}");
    }

    /// <summary>A file beside the settings; else the name of a mesh.</summary>
    private static string Profile(ref Utf8JsonReader reader, string folder)
    {
        var profile = Text(ref reader);
        var path = Path.Join(folder, profile);
        return File.Exists(path) ? path : profile;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(ref reader, JsonTokenType.String, "a text");
        return reader.GetString() ?? "";
    }

    private static string? NextField(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;

    /// <summary>Editors look for <c>$schema</c>; any other field is a mistake.</summary>
    private static void SkipSchema(ref Utf8JsonReader reader, string field, string known)
    {
        if (field != "$schema")
        {
            throw new FormatException($"No field '{field}'; there is {known}");
        }
        reader.Skip();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new FormatException($"Here stands {what}");
        }
    }
}
