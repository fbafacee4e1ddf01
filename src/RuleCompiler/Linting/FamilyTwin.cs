using RuleCompiler.Binding;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting;

/// <summary>Finds the rules of the other family of the same host.</summary>
internal static class FamilyTwin
{
    /// <summary>
    /// The dump that has them: the same one; else, where the run has two dumps in all, one of each family, the other one.
    /// </summary>
    /// <returns>Null where there are none, or it is not known which dump is the same host's.</returns>
    public static Compilation? FindDump(LintContext context)
    {
        var other = OtherFamily(context);
        return context.Compilation.GetRuleset(other) is not null ? context.Compilation
            : context.Others is [var twin] && twin.Families is [var only] && only == other ? twin
            : null;
    }

    /// <summary>Those rules; null as above.</summary>
    public static BoundRuleset? Find(LintContext context) => FindDump(context)?.GetRuleset(OtherFamily(context));

    private static Family OtherFamily(LintContext context) => context.Family == Family.IPv4 ? Family.IPv6 : Family.IPv4;
}
