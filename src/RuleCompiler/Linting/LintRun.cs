using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>One dump's way through the linter: the analyzers, then what holds for findings of all of them.</summary>
internal sealed class LintRun(
    LintInput input, ImmutableArray<Compilation> others, ImmutableArray<LintAnalyzer> analyzers, CancellationToken cancellation)
{
    private readonly Compilation _compilation = input.Compilation;
    private readonly CheckSelection _selection = new(input.Options);
    private readonly List<Finding> _findings = [];
    private readonly List<Undecided> _undecided = [];
    private readonly HashSet<string> _unfinished = [];

    public LintResult Complete()
    {
        AddProblems();
        if (_compilation.HasErrors)
        {
            return new LintResult(Fingerprints.Add(_compilation, InOrder(_findings.Select(WithSeverity))), []);
        }
        // What hangs on the bound rules alone is found while they are lowered.
        var bound = Task.Run(
            () => (Host: input.Options.Host ?? HostInference.Infer(_compilation), Calls: _compilation.Families.ToDictionary(family => family, CallsOf)),
            CancellationToken.None);
        _compilation.Lower();
        var (host, calls) = bound.GetAwaiter().GetResult();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, input.Options.Deadline);
        foreach (var family in _compilation.Families)
        {
            Analyze(new LintContext(_compilation, family, input.Options, ends.Token) { Others = others, Host = host, Calls = calls[family] });
        }
        RemoveSuperseded();
        var suppressions = SuppressionList.Find(_compilation);
        var findings = InOrder(_findings).Select(finding => finding with { IsSuppressed = suppressions.Suppresses(finding) }).ToList();
        if (_selection.IsChosen(SuppressionList.UnusedSuppression))
        {
            findings.AddRange(suppressions.Unused(IsJudged, _undecided));
        }
        return new LintResult(
            Fingerprints.Add(_compilation, InOrder(findings.Select(WithSeverity))),
            [.. _undecided.OrderBy(u => u.Location.Span.Start).ThenBy(u => u.Question, StringComparer.Ordinal)])
        {
            Host = host,
        };
    }

    private CallGraph CallsOf(Family family) =>
        new(_compilation.GetRuleset(family) ?? throw new InvalidOperationException("a family that the dump has no section of"));

    /// <summary>What syntax and binding say is found too: all but errors can be ignored, suppressed and given another severity.</summary>
    private void AddProblems()
    {
        foreach (var diagnostic in _compilation.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error || _selection.IsChosen(d.Id)))
        {
            _findings.Add(new Finding
            {
                Descriptor = diagnostic.Descriptor,
                Severity = diagnostic.Severity,
                Location = diagnostic.Location,
                Message = diagnostic.Message,
                Family = FamilyAt(diagnostic.Location.Start.Line),
            });
        }
    }

    /// <summary>The family of the section that a line is in.</summary>
    private Family FamilyAt(int line) => _compilation.Families
        .SelectMany(family => _compilation.GetRuleset(family)?.TableSymbols ?? [])
        .Where(table => table.Line <= line)
        .MaxBy(table => table.Line)?.Family ?? _compilation.Families.FirstOrDefault();

    private void Analyze(LintContext context)
    {
        ImmutableArray<LintAnalyzer> chosen = [.. analyzers.Where(analyzer => analyzer.Checks.Any(_selection.IsChosen))];
        var found = new List<Finding>?[chosen.Length];
        var others = Task.Run(() => Analyze(needsOrdering: false), CancellationToken.None);
        try
        {
            Analyze(needsOrdering: true);
        }
        finally
        {
            others.GetAwaiter().GetResult();
        }
        for (var i = 0; i < chosen.Length; i++)
        {
            if (found[i] is { } findings)
            {
                _findings.AddRange(findings);
            }
            else
            {
                GiveUp(chosen[i]);
            }
        }
        _undecided.AddRange(context.Undecided);

        // What is proven of each rule takes all cores, but not all of the time.
        void Analyze(bool needsOrdering)
        {
            for (var i = 0; i < chosen.Length; i++)
            {
                if (chosen[i].NeedsOrdering == needsOrdering)
                {
                    found[i] = FindAll(chosen[i], context);
                }
            }
        }
    }

    /// <summary>What an analyzer finds; null where the time was up before it had looked at everything.</summary>
    private List<Finding>? FindAll(LintAnalyzer analyzer, LintContext context)
    {
        try
        {
            context.Cancellation.ThrowIfCancellationRequested();
            return [.. analyzer.Analyze(context).Where(finding => _selection.IsChosen(finding.Id))];
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Of two findings that say the same of a rule the one that says more of it stays.</summary>
    private void RemoveSuperseded()
    {
        var superseding = analyzers.SelectMany(analyzer => analyzer.Checks).Where(check => check.Supersedes is not null)
            .ToLookup(check => check.Id, check => check.Supersedes, StringComparer.Ordinal);
        var superseded = _findings
            .SelectMany(finding => superseding[finding.Id].Select(id => (id, finding.Family, finding.Chain, finding.RuleNumber)))
            .ToHashSet();
        _findings.RemoveAll(finding => superseded.Contains((finding.Id, finding.Family, finding.Chain, finding.RuleNumber)));
    }

    /// <summary>The time is up: an analyzer that found a part would not say which part.</summary>
    private void GiveUp(LintAnalyzer analyzer)
    {
        var ids = analyzer.Checks.Where(_selection.IsChosen).Select(check => check.Id).Where(_unfinished.Add);
        var start = new Location(_compilation.Tree.Text, new TextSpan(0, 0));
        _undecided.AddRange(ids.Select(id => new Undecided(start, $"{id}: the time was up")));
    }

    /// <summary>Whether the check has looked at the whole dump, so that nothing found means that there is nothing.</summary>
    private bool IsJudged(string id) => !_unfinished.Contains(id) && _selection.IsChosen(id);

    private Finding WithSeverity(Finding finding) => !IsProblemError(finding)
        && input.Options.Severities.TryGetValue(finding.Id, out var severity) ? finding with { Severity = severity } : finding;

    /// <summary>Whether a finding is an error of syntax or binding, which keeps the dump from being linted.</summary>
    private static bool IsProblemError(Finding finding) =>
        finding.Severity == DiagnosticSeverity.Error && AnalyzerCatalog.Checks.All(check => check.Id != finding.Id);

    private static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) => findings
        .OrderBy(finding => finding.Location.Span.Start)
        .ThenBy(finding => finding.Id, StringComparer.Ordinal)
        .ThenBy(finding => finding.Family)
        .ThenBy(finding => finding.Message, StringComparer.Ordinal);
}
