using RuleCompiler.Netfilter;

namespace RuleCompiler.Symbols;

/// <summary>A chain of a table.</summary>
/// <param name="Name">At most 28 bytes.</param>
/// <param name="Index">Its place in the ruleset, 0-based; decision tables are numbered alike.</param>
/// <param name="Table">The table it belongs to.</param>
/// <param name="Hook">For a base chain, the hook that calls it; null for a user's chain.</param>
public sealed record ChainSymbol(string Name, int Index, TableKind Table, Hook? Hook)
{
    /// <summary>For a base chain: whether its policy is DROP rather than ACCEPT.</summary>
    public bool PolicyDrops { get; init; }

    /// <summary>1-based line of its <c>:CHAIN</c> line or <c>-N</c> command; null where only rules name it.</summary>
    public int? DeclarationLine { get; init; }

    /// <summary><c>table:CHAIN</c>.</summary>
    public override string ToString() => $"{Table.Name()}:{Name}";
}
