using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Cli.Output;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Cli.Testing;

/// <summary>The snapshots of a scenario file: <c>NAME.SCENARIO.verified.txt</c> beside it, as Verify has them.</summary>
/// <remarks>UTF-8 without a mark, LF; CRLF in a verified file counts as LF, for checkouts that convert.</remarks>
internal sealed class SnapshotFolder
{
    private const string Verified = ".verified.txt";
    private const string Received = ".received.txt";

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
    public string VerifiedName(Scenario scenario) => $"{_name}.{scenario.KebabName}{Verified}";

    /// <summary>The file name of what came instead.</summary>
    public string ReceivedName(Scenario scenario) => $"{_name}.{scenario.KebabName}{Received}";

    /// <summary>The accepted text; null where there is none.</summary>
    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public string? ReadVerified(Scenario scenario)
    {
        var path = PathOf(VerifiedName(scenario));
        try
        {
            return File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8).Replace("\r\n", "\n", StringComparison.Ordinal) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(Problem.OfFile(path, ToolDiagnostics.UnreadableInput, $"Cannot read: {e.Message}"));
        }
    }

    /// <summary>Makes a text the accepted one.</summary>
    public void Accept(Scenario scenario, string text, Session session)
    {
        Write(VerifiedName(scenario), text, session);
        RemoveReceived(scenario);
    }

    /// <summary>Leaves a text beside the accepted one.</summary>
    public void WriteReceived(Scenario scenario, string text, Session session) => Write(ReceivedName(scenario), text, session);

    /// <summary>Removes what an earlier run left.</summary>
    public void RemoveReceived(Scenario scenario)
    {
        var path = PathOf(ReceivedName(scenario));
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(Problem.OfFile(path, ToolDiagnostics.UnwritableOutput, $"Cannot remove: {e.Message}"));
        }
    }

    /// <summary>Accepted snapshots that no scenario of the file asks for, in name order.</summary>
    public ImmutableArray<string> FindOrphans(ScenarioFile file)
    {
        var wanted = SnapshotsOf(file).Select(VerifiedName).ToHashSet(StringComparer.Ordinal);
        return [.. Find(Verified).Where(name => !wanted.Contains(name))];
    }

    /// <summary>What earlier runs left of these scenarios, in name order; none is not an error.</summary>
    public ImmutableArray<string> FindReceived() => Find(Received);

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

    private string PathOf(string name) => Path.Join(_folder, name);

    private void Write(string name, string text, Session session)
    {
        using var output = ResultOutput.Open(session, PathOf(name));
        output.Buffer.Append(text);
        output.Complete();
    }
}
