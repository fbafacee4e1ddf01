using System.Collections.Immutable;
using RuleCompiler.Cli.Input;
using RuleCompiler.Flows;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Linting;

/// <summary>Plans a lint run: for each dump its settings, with the files that they name read once.</summary>
/// <param name="given">The command line's settings, which go before those of files.</param>
/// <param name="session">The run.</param>
/// <param name="deadline">Ends the work early.</param>
internal sealed class LintJobs(LintSettings given, Session session, CancellationToken deadline)
{
    private readonly SettingsFile _files = new(session);
    private readonly Dictionary<string, Baseline> _baselines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostFacts> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MeshProfile> _profiles = new(StringComparer.Ordinal);

    /// <exception cref="CommandFailedException">A file of settings, facts or known findings cannot be used.</exception>
    public ImmutableArray<LintJob> Plan(IEnumerable<string> paths) => [.. paths.Select(Plan)];

    private LintJob Plan(string path)
    {
        var settings = given.Over(_files.For(path));
        var options = settings.ToOptions() with
        {
            Host = settings.Host is { } host ? Once(_hosts, host, ReadHost) : null,
            Profile = settings.Profile is { } profile ? Once(_profiles, profile, name => ProfileArgument.Read(name, session)) : null,
            Deadline = deadline,
        };
        var baseline = settings.Baseline is { } known ? Once(_baselines, known, file => Baseline.Read(file, session)).For(path) : [];
        return new LintJob(path, options, baseline, settings.FailSeverity);
    }

    private HostFacts ReadHost(string path)
    {
        var (facts, diagnostics) = HostFactsJson.Read(DumpFile.Read(path, session));
        session.Problems.Write(diagnostics);
        return facts ?? throw new CommandFailedException($"The host's facts in '{path}' have errors");
    }

    private static T Once<T>(Dictionary<string, T> known, string name, Func<string, T> read) =>
        known.TryGetValue(name, out var value) ? value : known[name] = read(name);
}
