using RuleCompiler.DecisionTables;

namespace RuleCompiler.Extensions;

/// <summary>A <c>-j</c> target.</summary>
internal abstract class TargetExtension : Extension
{
    /// <summary>What the target does. Called once a rule, after all checks passed.</summary>
    public abstract RuleAction Lower(BoundTarget target);
}
