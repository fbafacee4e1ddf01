using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;

namespace RuleCompiler.Cli.Linting;

/// <summary>What is asked of the linter, by the command line or by a <c>.rulec.json</c>.</summary>
internal sealed record LintSettings
{
    /// <summary>The word for a severity that means: not at all.</summary>
    public const string Off = "off";

    /// <summary>The word of <c>--fail-on</c> that means: no finding.</summary>
    public const string Never = "never";

    /// <summary>IDs, or how they begin, of the checks to run; empty for those that are on.</summary>
    public ImmutableArray<string> Selected { get; init; } = [];

    /// <summary>IDs, or how they begin, of checks not to run.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>Severities by ID; null for a check not to run.</summary>
    public ImmutableSortedDictionary<string, DiagnosticSeverity?> Severities { get; init; } =
        ImmutableSortedDictionary<string, DiagnosticSeverity?>.Empty;

    /// <summary><c>error</c>, <c>warning</c>, <c>info</c> or <c>never</c>; null where nothing is said.</summary>
    public string? FailOn { get; init; }

    /// <summary>A report of an earlier run; what it has does not count.</summary>
    public string? Baseline { get; init; }

    /// <summary>The file with facts about the machine.</summary>
    public string? Host { get; init; }

    /// <summary>The mesh: a name or a file.</summary>
    public string? Profile { get; init; }

    /// <summary>The severity from which on a finding counts for the exit code; null: none does.</summary>
    public DiagnosticSeverity? FailSeverity => FailOn switch
    {
        null => DiagnosticSeverity.Warning,
        Never => null,
        _ => ParseSeverity(FailOn),
    };

    /// <summary>These, and where they say nothing, others; of lists that take away both.</summary>
    public LintSettings Over(LintSettings others) => new()
    {
        Selected = Selected.IsEmpty ? others.Selected : Selected,
        Ignored = Selected.IsEmpty ? others.Ignored.AddRange(Ignored) : Ignored,
        Severities = others.Severities.SetItems(Severities),
        FailOn = FailOn ?? others.FailOn,
        Baseline = Baseline ?? others.Baseline,
        Host = Host ?? others.Host,
        Profile = Profile ?? others.Profile,
    };

    /// <summary>What the linter is told of it.</summary>
    public LintOptions ToOptions() => new()
    {
        Selected = Selected,
        Ignored = Ignored.AddRange(Severities.Where(severity => severity.Value is null).Select(severity => severity.Key)),
        Severities = Severities.Where(severity => severity.Value is not null)
            .ToImmutableDictionary(severity => severity.Key, severity => severity.Value.GetValueOrDefault()),
    };

    /// <summary>The severity that a word means; null for <see cref="Off"/>.</summary>
    /// <exception cref="FormatException">It means none.</exception>
    public static DiagnosticSeverity? ParseSeverity(string word) => word switch
    {
        "error" => DiagnosticSeverity.Error,
        "warning" => DiagnosticSeverity.Warning,
        "info" => DiagnosticSeverity.Info,
        Off => null,
        _ => throw new FormatException($"'{word}' is no severity; there are error, warning, info and {Off}"),
    };
}
