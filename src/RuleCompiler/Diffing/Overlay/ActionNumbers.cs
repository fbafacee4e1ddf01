using System.Collections.Immutable;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>Numbers for what rules do and ask, the same for the same in both dumps. Safe to share between threads.</summary>
/// <param name="countsLogs">Whether logging is doing something.</param>
internal sealed class ActionNumbers(bool countsLogs)
{
    /// <summary>The number of doing nothing, and of asking nothing.</summary>
    public const int Nothing = 0;

    /// <summary>The number of accepting, by rule or policy.</summary>
    public const int Accept = 1;

    /// <summary>The number of dropping, by rule or policy.</summary>
    public const int Drop = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _numbers = new() { [""] = Nothing, ["accept"] = Accept, ["drop"] = Drop };

    /// <summary>The number of a text.</summary>
    public int Of(string text)
    {
        lock (_lock)
        {
            if (!_numbers.TryGetValue(text, out var number))
            {
                _numbers[text] = number = _numbers.Count;
            }
            return number;
        }
    }

    /// <summary>The number of an action that calls no chain; <see cref="Nothing"/> where it only counts.</summary>
    public int Of(RuleAction action) => action.Kind switch
    {
        ActionKind.Accept => Accept,
        ActionKind.Drop => Drop,
        ActionKind.Continue when action.Effect is null || (!countsLogs && action.Effect is Effect.Log) => Nothing,
        _ => Of($"{action.Kind} {action.Target} {TextOf(action.Effect)}"),
    };

    private static string TextOf(Effect? effect) => effect is Effect.Several several ? TextOf(several.Effects) : $"{effect}";

    private static string TextOf(ImmutableArray<Effect> effects) => string.Join(';', effects.Select(TextOf));
}
