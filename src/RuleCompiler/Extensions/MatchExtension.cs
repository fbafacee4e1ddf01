using RuleCompiler.Packets;

namespace RuleCompiler.Extensions;

/// <summary>A <c>-m</c> extension.</summary>
internal abstract class MatchExtension : Extension
{
    /// <summary>For a protocol's own match (<c>tcp</c>): options load it without <c>-m</c> where <c>-p</c> names that protocol.</summary>
    public virtual byte? ImplicitFor => null;

    /// <summary>Whether, by being asked, it writes down something for other rules to ask: then a rule does more than its target says.</summary>
    public virtual bool HasMemory(BoundMatch match) => false;

    /// <summary>Name of what it keeps between packets together with all rules that give the same name; null for nothing.</summary>
    public virtual string? SharedMemory(BoundMatch match) => null;

    /// <summary>What the match means. Called once a rule, after all checks passed.</summary>
    public abstract Condition Lower(BoundMatch match);
}
