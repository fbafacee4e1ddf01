using System.Collections.Immutable;
using System.Text.Json;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Linting;

/// <summary>Findings that are known: a report that <c>rulec lint</c> printed earlier as json, ndjson or sarif.</summary>
internal sealed class Baseline
{
    /// <summary>The name of our fingerprint in SARIF, with the version of how it is made.</summary>
    public const string SarifFingerprint = "rulecFinding/v1";

    private const string StandardInput = "<stdin>";

    private readonly List<(string Path, string Fingerprint)> _known = [];

    private Baseline()
    {
    }

    /// <exception cref="CommandFailedException">It cannot be read, or is no such report.</exception>
    public static Baseline Read(string path, Session session)
    {
        var text = DumpFile.Read(path, session);
        var baseline = new Baseline();
        try
        {
            baseline.ReadAll(text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CommandFailedException(Problem.OfFile(
                text.Path, ToolDiagnostics.UnusableSettings, "No baseline: neither json, ndjson nor sarif as 'rulec lint --format' prints it"));
        }
        return baseline;
    }

    /// <summary>The fingerprints of what is known in a dump.</summary>
    /// <param name="path">As the user named it.</param>
    public ImmutableHashSet<string> For(string path) =>
        [.. _known.Where(known => IsSame(known.Path, path)).Select(known => known.Fingerprint)];

    private void ReadAll(SourceText text)
    {
        var isReport = false;
        var reader = new Utf8JsonReader(text.Bytes, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            using var value = JsonDocument.ParseValue(ref reader);
            var root = value.RootElement;
            if (root.TryGetProperty("runs", out var runs))
            {
                AddSarif(runs);
            }
            else if (root.TryGetProperty("findings", out var findings))
            {
                foreach (var finding in findings.EnumerateArray())
                {
                    Add(finding);
                }
            }
            else if (isReport)
            {
                Add(root);
            }
            else if (!(root.TryGetProperty("schema", out var schema) && schema.GetString() == LintJson.Schema))
            {
                throw new FormatException("no report");
            }
            isReport = true;
        }
        if (!isReport)
        {
            throw new FormatException("empty");
        }
    }

    private void Add(JsonElement finding) =>
        _known.Add((finding.GetProperty("path").GetString() ?? "", finding.GetProperty("fingerprint").GetString() ?? ""));

    private void AddSarif(JsonElement runs)
    {
        foreach (var result in runs.EnumerateArray().SelectMany(run => run.GetProperty("results").EnumerateArray()))
        {
            var uri = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri");
            if (result.TryGetProperty("partialFingerprints", out var prints) && prints.TryGetProperty(SarifFingerprint, out var print))
            {
                _known.Add((SarifUri.ToPath(uri.GetString() ?? ""), print.GetString() ?? ""));
            }
        }
    }

    /// <summary>
    /// Whether two ways of naming a file can mean the same one: from another folder its path is longer or shorter. What
    /// came by standard input may be any.
    /// </summary>
    private static bool IsSame(string one, string other)
    {
        if (one == StandardInput || other is StandardInput or "-")
        {
            return true;
        }
        var (first, second) = (Parts(one), Parts(other));
        var count = Math.Min(first.Length, second.Length);
        return first.AsSpan(first.Length - count).SequenceEqual(second.AsSpan(second.Length - count));
    }

    private static string[] Parts(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("." or ".."))];
}
