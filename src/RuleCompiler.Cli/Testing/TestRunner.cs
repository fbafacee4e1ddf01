using System.Collections.Immutable;
using RuleCompiler.Cli.Input;
using RuleCompiler.Diagnostics;
using RuleCompiler.Scenarios;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Testing;

/// <summary>Runs one scenario file: reads all that it names, runs its scenarios, compares their snapshots.</summary>
internal sealed class TestRunner(TestRequest request, Session session)
{
    /// <exception cref="CommandFailedException">The scenario file itself, or a snapshot, cannot be read or written.</exception>
    public TestFile Run(string path)
    {
        session.Heap.Use = HeapUse.Boxes;
        var (file, problems) = ScenarioBinder.Bind(ScenarioSyntax.Parse(DumpFile.Read(path, session)));
        var hasErrors = problems.Any(d => d.Severity == DiagnosticSeverity.Error);
        var (environment, ofNamed) = ScenarioLoader.Load(file, name => ReadBeside(path, name), session.Cancellation, hasErrors);
        problems = [.. problems, .. ofNamed];
        if (hasErrors || environment is null)
        {
            return new TestFile(file.Text, [], problems, null);
        }
        var runner = new ScenarioRunner(environment, new ClaimProver(file, environment, session.Cancellation));
        var snapshots = new SnapshotFolder(path);
        var results = ImmutableArray.CreateBuilder<TestResult>();
        foreach (var item in file.Items.Where(i => request.Includes(i.Name.Text)))
        {
            session.Cancellation.ThrowIfCancellationRequested();
            var result = runner.Run(item);
            if (result.Undecided is { } reason)
            {
                problems = problems.Add(ScenarioDiagnostics.UndecidedClaim.At(
                    new Location(file.Text, item.Name.Span), item.Name.Text, reason));
            }
            results.Add(Judge(result, snapshots));
        }
        return new TestFile(file.Text, results.DrainToImmutable(), [.. problems, .. LeftOver(file, snapshots)], environment);
    }

    private TestResult Judge(ItemResult result, SnapshotFolder snapshots)
    {
        if (result.Undecided is not null)
        {
            return new TestResult(result.Item, TestStatus.Undecided, []);
        }
        var failures = result.Failures;
        var isAccepted = false;
        if (result.Item is Scenario { Snapshot: { } span } scenario && !result.Snapshot.IsEmpty)
        {
            var file = snapshots.FileOf(scenario);
            var verified = file.Read();
            if (verified == result.SnapshotText)
            {
                RemoveReceived(file);
            }
            else if (request.Accepts(scenario))
            {
                file.Accept(result.SnapshotText);
                isAccepted = true;
            }
            else
            {
                failures = failures.Add(Mismatch(result, scenario, span, verified, snapshots));
            }
        }
        return new TestResult(
            result.Item, !failures.IsEmpty ? TestStatus.Failed : isAccepted ? TestStatus.Accepted : TestStatus.Passed, failures);
    }

    private Failure Mismatch(ItemResult result, Scenario scenario, TextSpan span, string? verified, SnapshotFolder snapshots)
    {
        if (request.WritesReceived)
        {
            snapshots.FileOf(scenario).WriteReceived(result.SnapshotText);
        }
        var expected = $"the snapshot {snapshots.VerifiedName(scenario)}";
        var where = request.WritesReceived ? $"; see {snapshots.ReceivedName(scenario)}" : "";
        if (verified is null)
        {
            return new Failure(span, expected, $"there is none yet{where}, and accept it with --accept");
        }
        return new Failure(span, expected, $"another text{where}")
        {
            Details =
            [
                .. DifferingLines.Between(verified, result.SnapshotText),
                .. result.Snapshot.Where(s => !verified.Contains(s.Text, StringComparison.Ordinal)).Select(s => $"now {s.Decision}"),
            ],
        };
    }

    private void RemoveReceived(SnapshotFile file)
    {
        if (request.WritesReceived)
        {
            file.RemoveReceived();
        }
    }

    /// <summary>Snapshots that nothing compares with, and received ones that this run did not compare again.</summary>
    private IEnumerable<Diagnostic> LeftOver(ScenarioFile file, SnapshotFolder snapshots)
    {
        foreach (var orphan in snapshots.FindOrphans(file))
        {
            yield return ScenarioDiagnostics.OrphanedSnapshot.At(new Location(file.Text, default), orphan);
        }
        var compared = SnapshotFolder.SnapshotsOf(file).Where(s => request.Includes(s.Name.Text)).Select(snapshots.ReceivedName).ToHashSet();
        foreach (var pending in snapshots.FindReceived().Where(name => !compared.Contains(name)))
        {
            yield return ScenarioDiagnostics.PendingSnapshot.At(new Location(file.Text, default), pending);
        }
    }

    private (SourceText? Text, string? Problem) ReadBeside(string scenarioPath, string name)
    {
        var folder = scenarioPath == "-" ? "" : Path.GetDirectoryName(scenarioPath) ?? "";
        try
        {
            var text = DumpFile.Read(Path.IsPathRooted(name) ? name : Path.Join(folder, name), session);
            session.Heap.MakeFor(text.Length);
            return (text, null);
        }
        catch (CommandFailedException e)
        {
            return (null, e.Message);
        }
    }
}
