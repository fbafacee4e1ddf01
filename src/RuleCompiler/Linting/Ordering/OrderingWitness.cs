namespace RuleCompiler.Linting.Ordering;

/// <summary>Shows a finding by a packet.</summary>
internal static class OrderingWitness
{
    public static Finding Add(LintContext context, RuleFacts facts, Finding finding) => finding;
}
