using System.Collections.Immutable;

namespace RuleCompiler.Linting;

/// <summary>What decides one check, or a few that come from one proof.</summary>
/// <remarks>Stateless: one object serves all dumps and threads.</remarks>
internal abstract class LintAnalyzer
{
    /// <summary>The checks it decides, by ID.</summary>
    public abstract ImmutableArray<LintCheck> Checks { get; }

    /// <summary>Whether it asks what is proven of each rule, which takes a while on all cores.</summary>
    public virtual bool NeedsOrdering => false;

    /// <summary>Looks at one family of a dump.</summary>
    /// <param name="context">The rules, the host, and the facts that analyzers share.</param>
    /// <returns>Its findings, in any order.</returns>
    public abstract IEnumerable<Finding> Analyze(LintContext context);
}
