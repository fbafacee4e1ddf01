using System.Collections.Immutable;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Cli.Testing;

/// <summary>The snapshots of a scenario file: <c>NAME.SCENARIO.verified.txt</c> beside it, as Verify has them.</summary>
internal sealed class SnapshotFolder
{
    private readonly string _folder;
    private readonly string _name;

    /// <param name="scenarioPath">The scenario file's path; <c>-</c> for standard input, whose snapshots are in the working folder.</param>
    public SnapshotFolder(string scenarioPath)
    {
        var isStandardInput = scenarioPath == "-";
        _folder = isStandardInput ? "" : Path.GetDirectoryName(scenarioPath) ?? "";
        var name = isStandardInput ? "stdin" : Path.GetFileName(scenarioPath);
        _name = name.EndsWith(".flows", StringComparison.OrdinalIgnoreCase) ? name[..^".flows".Length] : name;
    }

    /// <summary>The file name of a scenario's snapshot.</summary>
    public string VerifiedName(Scenario scenario) => $"{_name}.{scenario.KebabName}{SnapshotFile.Verified}";

    /// <summary>The file name of what came instead.</summary>
    public string ReceivedName(Scenario scenario) => $"{_name}.{scenario.KebabName}{SnapshotFile.Received}";

    /// <summary>The snapshot of a scenario.</summary>
    public SnapshotFile FileOf(Scenario scenario) => new(Path.Join(_folder, VerifiedName(scenario)));

    /// <summary>Accepted snapshots that no scenario of the file asks for, in name order.</summary>
    public ImmutableArray<string> FindOrphans(ScenarioFile file)
    {
        var wanted = SnapshotsOf(file).Select(VerifiedName).ToHashSet(StringComparer.Ordinal);
        return [.. Find(SnapshotFile.Verified).Where(name => !wanted.Contains(name))];
    }

    /// <summary>What earlier runs left of these scenarios, in name order; none is not an error.</summary>
    public ImmutableArray<string> FindReceived() => Find(SnapshotFile.Received);

    public static IEnumerable<Scenario> SnapshotsOf(ScenarioFile file) => file.Items.OfType<Scenario>().Where(s => s.Snapshot is not null);

    /// <summary>A file of <c>pod.v6.flows</c> is none of <c>pod.flows</c>: a scenario's part has no dot.</summary>
    private ImmutableArray<string> Find(string suffix)
    {
        var folder = _folder.Length == 0 ? "." : _folder;
        return Directory.Exists(folder)
            ?
            [
                .. Directory.EnumerateFiles(folder, $"{_name}.*{suffix}").Select(Path.GetFileName).OfType<string>()
                    .Where(name => name.StartsWith($"{_name}.", StringComparison.Ordinal)
                        && !name[(_name.Length + 1)..^suffix.Length].Contains('.', StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }
}
