using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Diffing;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Reads and compiles what a scenario file names.</summary>
internal sealed class ScenarioLoader
{
    private readonly ScenarioFile _file;
    private readonly ReadFile _read;
    private readonly CancellationToken _cancellation;
    private readonly DiagnosticBag _ofFile = new();
    private readonly List<Diagnostic> _ofOthers = [];

    private ScenarioLoader(ScenarioFile file, ReadFile read, CancellationToken cancellation)
    {
        _file = file;
        _read = read;
        _cancellation = cancellation;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">As the scenario file has it: relative to that file.</param>
    /// <returns>Its text, or why it cannot be read.</returns>
    public delegate (SourceText? Text, string? Problem) ReadFile(string path);

    /// <param name="file">A file.</param>
    /// <param name="read">Reads the files that it names.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="hasErrors">Whether the file has errors of its own: what it asks of the files named is then not checked.</param>
    /// <returns>Null where there is an error; and every problem: of the files named, then of this one.</returns>
    public static (ScenarioEnvironment? Environment, ImmutableArray<Diagnostic> Diagnostics) Load(
        ScenarioFile file, ReadFile read, CancellationToken cancellation, bool hasErrors = false)
    {
        var loader = new ScenarioLoader(file, read, cancellation);
        var environment = loader.Load();
        if (!hasErrors)
        {
            loader.Check(environment);
        }
        ImmutableArray<Diagnostic> diagnostics = [.. loader._ofOthers, .. loader._ofFile.ToImmutable()];
        return (diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? null : environment, diagnostics);
    }

    private ScenarioEnvironment Load()
    {
        var compilations = ImmutableArray.CreateBuilder<Compilation>(_file.Dumps.Length);
        var owners = new Dictionary<Family, Word>();
        foreach (var (path, family) in _file.Dumps)
        {
            if (Read(path) is not { } text)
            {
                continue;
            }
            var compilation = Compilation.Create(
                SyntaxTree.Parse(text, _cancellation), new CompilationOptions { Family = family }, _cancellation);
            _ofOthers.AddRange(compilation.Diagnostics);
            foreach (var own in compilation.Families)
            {
                if (!owners.TryAdd(own, path))
                {
                    Report(ScenarioDiagnostics.RepeatedFamily, path, path.Text, own.Name(), owners[own].Text);
                }
            }
            compilations.Add(compilation);
        }
        return new ScenarioEnvironment(
            compilations.DrainToImmutable(), _file.Host is { } host ? ReadHost(host) : null, _file.Profile is { } name ? FindProfile(name) : null);
    }

    private void Check(ScenarioEnvironment environment)
    {
        new RuleReferenceCheck(_file.Text, environment, _ofFile).Check(_file.Conditions);
        foreach (var space in _file.Items.OfType<Claim>().Select(claim => claim.Space).OfType<SpaceExpression>())
        {
            _ofFile.AddRange(SpaceFactCheck.Of(space, environment.Compilations));
        }
    }

    private HostFacts? ReadHost(Word path)
    {
        if (Read(path) is not { } text)
        {
            return null;
        }
        var (facts, diagnostics) = HostFactsJson.Read(text);
        _ofOthers.AddRange(diagnostics);
        return facts;
    }

    private MeshProfile? FindProfile(Word name)
    {
        var isPath = name.Text.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (!isPath && ProfileCatalog.Find(name.Text) is { } known)
        {
            return known;
        }
        if (!isPath)
        {
            Report(ScenarioDiagnostics.UnknownProfile, name, name.Text, Suggestion.For(name.Text, ProfileCatalog.Names));
            return null;
        }
        try
        {
            return Read(name) is { } text ? ProfileReader.Read(text.ToString()) : null;
        }
        catch (FormatException e)
        {
            Report(ScenarioDiagnostics.UnreadableFile, name, name.Text, e.Message);
            return null;
        }
    }

    private SourceText? Read(Word path)
    {
        var (text, problem) = _read(path.Text);
        if (text is null)
        {
            Report(ScenarioDiagnostics.UnreadableFile, path, path.Text, problem ?? "cannot be read");
        }
        return text;
    }

    private void Report(DiagnosticDescriptor descriptor, Word place, params ReadOnlySpan<string> arguments) =>
        _ofFile.Report(descriptor.At(new Location(_file.Text, place.Span), [.. arguments]));
}
