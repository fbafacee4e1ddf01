using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RuleCompiler.Evaluation;

/// <summary>The outcome chosen for something that a packet does not tell.</summary>
/// <param name="Name">The extension, or the field: <c>limit</c>, <c>length</c>.</param>
/// <param name="Place">
/// The rule that first asked, as <c>table:CHAIN:RULE</c>; <c>host:rules:2</c> for the second of the host's policy rules.
/// </param>
/// <param name="Holds">Whether it was taken to match.</param>
public sealed record Assumption(string Name, string Place, bool Holds)
{
    private const string Matches = "matches";
    private const string DoesNotMatch = "does not match";
    private const string HostRules = "host:rules:";
    private const string Open = " (";
    private const string Close = ") ";

    /// <summary>What a target that the compiler does not know was taken to do: an action such as <c>accept</c>; null for a match.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// The rule without its chain, where the place alone could mean another one: of two dumps that are assumed otherwise there.
    /// Null where nothing need be said.
    /// </summary>
    public string? Rule { get; init; }

    /// <summary>Whether one of the host's policy rules asked, rather than a rule of the dump.</summary>
    public bool IsOfHost => Place.StartsWith(HostRules, StringComparison.Ordinal);

    /// <summary>The place of one of the host's policy rules, counted from 1.</summary>
    public static string PlaceOf(int hostRule) => string.Create(CultureInfo.InvariantCulture, $"{HostRules}{hostRule}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Assumption? assumption)
    {
        assumption = null;
        if (text.IndexOf(Open, StringComparison.Ordinal) is > 0 and var open && text.LastIndexOf(Close, StringComparison.Ordinal) is var close && close > open)
        {
            assumption = TryParse(text[..open] + text[(close + 1)..], out var plain) ? plain with { Rule = text[(open + Open.Length)..close] } : null;
            return assumption is not null;
        }
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var name, "at", var place, .. var rest]
            || place.Split(':').Length != 3)
        {
            return false;
        }
        assumption = string.Join(' ', rest) switch
        {
            Matches => new(name, place, true),
            DoesNotMatch => new(name, place, false),
            "means accept" => new(name, place, true) { Action = "accept" },
            "means drop" => new(name, place, true) { Action = "drop" },
            "means continue" => new(name, place, true) { Action = "continue" },
            _ => null,
        };
        return assumption is not null;
    }

    /// <summary>
    /// <c>limit at filter:INPUT:4 matches</c>, <c>... does not match</c>, or <c>FOO at filter:INPUT:4 means drop</c>; with the rule
    /// <c>limit at filter:INPUT:4 (-m limit --limit 5/min -j LOG) matches</c>.
    /// </summary>
    public override string ToString() =>
        $"{Name} at {Place}{(Rule is not null ? Open + Rule + Close : " ")}{(Action is not null ? $"means {Action}" : Holds ? Matches : DoesNotMatch)}";
}
