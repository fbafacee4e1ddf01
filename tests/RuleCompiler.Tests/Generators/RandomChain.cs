namespace RuleCompiler.Tests.Generators;

/// <summary>A chain being drawn: what may stand in it hangs on where it is called from.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Name">The chain's name.</param>
/// <param name="Hooks">The base chains it is, or may be called from.</param>
internal sealed record RandomChain(string Table, string Name, IReadOnlyList<string> Hooks)
{
    public bool IsBase => Hooks.Contains(Name);

    /// <summary>Whether it can be met at no other hooks than these.</summary>
    public bool IsOnlyAt(params string[] hooks) => Hooks.All(hook => hooks.Contains(hook));
}
