using System.Collections.Immutable;
using System.CommandLine;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Cli.Linting;

/// <summary>The options that say what is linted, and what counts; a <c>.rulec.json</c> says the same.</summary>
internal sealed class CheckOptions
{
    private readonly Option<string[]> _select = new("--select")
    {
        HelpName = "IDS",
        Description = "Only these checks, by ID, by how IDs begin (IPT4) or by name, with commas; also those that are off",
    };

    private readonly Option<string[]> _ignore = new("--ignore")
    {
        HelpName = "IDS",
        Description = "Not these checks",
    };

    private readonly Option<string[]> _severity = new("--severity")
    {
        HelpName = "ID=S",
        Description = "Another severity for a check: error, warning, info or off",
    };

    private readonly Option<string?> _failOn = new Option<string?>("--fail-on")
    {
        HelpName = "error|warning|info|never",
        Description = "Exit 1 for findings of this severity or above; else warning",
    }.AcceptOnlyFromAmong("error", "warning", "info", LintSettings.Never);

    private readonly Option<string?> _baseline = new("--baseline")
    {
        HelpName = "FILE",
        Description = "Findings that are known and do not count: what an earlier run printed as json, ndjson or sarif",
    };

    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "FILE",
        Description = "Interfaces, addresses, routes, processes of the machine (JSON); some checks need them",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        HelpName = "NAME|FILE",
        Description = "The mesh that shall be there, by name or as a JSON file; else the one that the rules tell",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_select, _ignore, _severity, _failOn, _baseline, _host, _profile])
        {
            command.Add(option);
        }
    }

    /// <exception cref="CommandFailedException">A check or severity is none.</exception>
    public LintSettings Read(ParseResult arguments)
    {
        try
        {
            return new LintSettings
            {
                Selected = [.. Words(arguments.GetValue(_select)).Select(CheckNames.Parse)],
                Ignored = [.. Words(arguments.GetValue(_ignore)).Select(CheckNames.Parse)],
                Severities = Words(arguments.GetValue(_severity)).Select(ReadSeverity).Reverse().DistinctBy(severity => severity.Key)
                    .ToImmutableSortedDictionary(StringComparer.Ordinal),
                FailOn = arguments.GetValue(_failOn),
                Baseline = arguments.GetValue(_baseline),
                Host = arguments.GetValue(_host),
                Profile = arguments.GetValue(_profile),
            };
        }
        catch (FormatException e)
        {
            throw new CommandFailedException(e.Message);
        }
    }

    private static IEnumerable<string> Words(string[]? values) => (values ?? [])
        .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static KeyValuePair<string, DiagnosticSeverity?> ReadSeverity(string word) => word.Split('=') is [var check, var severity]
        ? KeyValuePair.Create(CheckNames.ParseOne(check), LintSettings.ParseSeverity(severity))
        : throw new FormatException($"'{word}' is not of the form ID=SEVERITY");
}
