using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Cli.Commands;

/// <summary>Which of the assumptions given came up, and tells the user of those that did not; for several threads.</summary>
/// <param name="given">The assumptions.</param>
/// <param name="compilation">The dump.</param>
internal sealed class AssumptionUse(ImmutableArray<Assumption> given, Compilation compilation)
{
    private readonly HashSet<Assumption> _unread = [.. given];
    private readonly Lock _lock = new();

    /// <param name="made">The assumptions of an outcome.</param>
    public void Note(ImmutableArray<Assumption> made)
    {
        if (given.IsEmpty || made.IsEmpty)
        {
            return;
        }
        lock (_lock)
        {
            _unread.ExceptWith(made);
        }
    }

    /// <summary>An assumption that nothing asked for is mostly a mistake in its rule or its name.</summary>
    public void Report(Session session)
    {
        foreach (var assumption in given.Where(_unread.Contains).Distinct())
        {
            var reason = assumption.IsOfHost ? "No packet's route hung on that rule of the host"
                : RuleReferences.WhyNot(RuleReferences.Parse(assumption.Place), compilation)
                ?? (assumption.Rule is null ? "No packet came to that rule, or it has no such unknown" : "That rule reads otherwise");
            session.Say($"warning: '{assumption}' was not asked for. {reason}");
        }
    }
}
