using System.Collections.Immutable;

using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>The choices made for what a packet does not tell; walks through all combinations of them that come up.</summary>
/// <remarks>
/// A packet's way is run again for each outcome: choices made before are played back in order, the first new one
/// takes its first value, and <see cref="MoveNext"/> then changes the last choice that has a value left. So outcomes
/// come depth first, 'matches' before 'does not match'.
/// </remarks>
internal sealed class Unknowns
{
    private static readonly string[] TargetActions = ["continue", "accept", "drop"];
    private readonly List<(int Choice, int Count)> _path = [];
    private readonly List<Assumption> _assumptions = [];
    private readonly Dictionary<string, bool> _stateless = [];
    private ImmutableArray<Assumption> _fixed = [];
    private int _next;

    /// <summary>What was assumed on this run, in the order in which it was asked.</summary>
    public IReadOnlyList<Assumption> Assumptions => _assumptions;

    /// <summary>Begins with another packet.</summary>
    /// <param name="fixedOnes">Assumptions that are not up for choice; those that name a rule's text are of another dump.</param>
    public void Start(ImmutableArray<Assumption> fixedOnes)
    {
        _fixed = fixedOnes;
        _path.Clear();
        Rewind();
    }

    /// <summary>Prepares the next outcome; false when there is none left.</summary>
    public bool MoveNext()
    {
        while (_path.Count > 0)
        {
            var (choice, count) = _path[^1];
            if (choice + 1 < count)
            {
                _path[^1] = (choice + 1, count);
                Rewind();
                return true;
            }
            _path.RemoveAt(_path.Count - 1);
        }
        return false;
    }

    /// <summary>A new unknown, independent of all others.</summary>
    /// <param name="name">The extension or field.</param>
    /// <param name="place">The rule that asks.</param>
    /// <param name="isPositive">Whether the rule matches where the unknown holds, rather than where it does not.</param>
    /// <returns>Whether the unknown holds.</returns>
    public bool Choose(string name, RuleSymbol place, bool isPositive) => Choose(name, place.ToString(), isPositive);

    /// <inheritdoc cref="Choose(string, RuleSymbol, bool)"/>
    /// <param name="name">The extension or field.</param>
    /// <param name="text">What asks, as <c>table:CHAIN:RULE</c>.</param>
    /// <param name="isPositive">Whether what asks goes on where the unknown holds, rather than where it does not.</param>
    public bool Choose(string name, string text, bool isPositive)
    {
        foreach (var given in _fixed)
        {
            if (given is { Action: null, Rule: null } && given.Name == name && given.Place == text)
            {
                _assumptions.Add(given);
                return given.Holds == isPositive;
            }
        }
        var isMatch = Next(2) == 0;
        _assumptions.Add(new Assumption(name, text, isMatch));
        return isMatch == isPositive;
    }

    /// <summary>An unknown that is a function of the packet: it has one value however often it is asked.</summary>
    /// <param name="key">What makes two of them the same.</param>
    /// <param name="name">The extension.</param>
    /// <param name="place">The rule that asks.</param>
    /// <param name="isPositive">Whether the rule matches where the unknown holds, rather than where it does not.</param>
    /// <returns>Whether the unknown holds.</returns>
    public bool ChooseOnce(string key, string name, RuleSymbol place, bool isPositive)
    {
        if (!_stateless.TryGetValue(key, out var holds))
        {
            holds = Choose(name, place, isPositive);
            _stateless.Add(key, holds);
        }
        return holds;
    }

    /// <summary>What a target that the compiler does not know does: <c>continue</c>, <c>accept</c> or <c>drop</c>.</summary>
    public string ChooseAction(string target, RuleSymbol place)
    {
        var text = place.ToString();
        foreach (var given in _fixed)
        {
            if (given is { Action: { } fixedAction, Rule: null } && given.Name == target && given.Place == text)
            {
                _assumptions.Add(given);
                return fixedAction;
            }
        }
        var action = TargetActions[Next(TargetActions.Length)];
        _assumptions.Add(new Assumption(target, text, true) { Action = action });
        return action;
    }

    private int Next(int count)
    {
        if (_next == _path.Count)
        {
            _path.Add((0, count));
        }
        return _path[_next++].Choice;
    }

    private void Rewind()
    {
        _next = 0;
        _assumptions.Clear();
        _stateless.Clear();
    }
}
