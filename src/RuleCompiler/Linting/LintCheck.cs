using RuleCompiler.Diagnostics;

namespace RuleCompiler.Linting;

/// <summary>One check: its descriptor, and how it is called and chosen.</summary>
/// <param name="Descriptor">ID, severity unless the case says otherwise, texts, example.</param>
/// <param name="Name">Its name in lists: <c>shadowed-conflict</c>.</param>
/// <param name="IsOn">Whether it runs without being selected.</param>
/// <param name="Supersedes">The ID of a check that says less of the same rule, and is left out there.</param>
public sealed record LintCheck(DiagnosticDescriptor Descriptor, string Name, bool IsOn = true, string? Supersedes = null)
{
    /// <summary>The descriptor's ID.</summary>
    public string Id => Descriptor.Id;
}
