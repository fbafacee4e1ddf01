using RuleCompiler.Binding;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting;

/// <summary>Finds the rules of the other family of the same host.</summary>
internal static class FamilyTwin
{
    /// <summary>
    /// Those of the same dump; else, where the run has two dumps in all, one of each family, those of the other one.
    /// </summary>
    /// <returns>Null where there are none, or it is not known which dump is the same host's.</returns>
    public static BoundRuleset? Find(LintContext context)
    {
        var other = context.Family == Family.IPv4 ? Family.IPv6 : Family.IPv4;
        return context.Compilation.GetRuleset(other)
            ?? (context.Others is [var twin] && twin.Families is [var only] && only == other ? twin.GetRuleset(other) : null);
    }
}
