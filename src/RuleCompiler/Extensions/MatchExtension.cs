using RuleCompiler.Packets;

namespace RuleCompiler.Extensions;

/// <summary>A <c>-m</c> extension.</summary>
internal abstract class MatchExtension : Extension
{
    /// <summary>For a protocol's own match (<c>tcp</c>): options load it without <c>-m</c> where <c>-p</c> names that protocol.</summary>
    public virtual byte? ImplicitFor => null;

    /// <summary>What the match means. Called once a rule, after all checks passed.</summary>
    public abstract Condition Lower(BoundMatch match);
}
