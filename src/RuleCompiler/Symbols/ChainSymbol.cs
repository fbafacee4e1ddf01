using RuleCompiler.Netfilter;

namespace RuleCompiler.Symbols;

/// <summary>A chain of a table.</summary>
/// <param name="name">At most 28 bytes.</param>
/// <param name="index">Its place in the ruleset, 0-based.</param>
/// <param name="table">The table it belongs to.</param>
/// <param name="hook">For a base chain, the hook that calls it; null for a user's chain.</param>
public sealed class ChainSymbol(string name, int index, TableKind table, Hook? hook)
{
    /// <summary>Its name, unique in its table.</summary>
    public string Name { get; } = name;

    /// <summary>Its place in the ruleset, 0-based; decision tables are numbered alike.</summary>
    public int Index { get; internal set; } = index;

    /// <summary>The table it belongs to.</summary>
    public TableKind Table { get; } = table;

    /// <summary>For a base chain, the hook that calls it; null for a user's chain.</summary>
    public Hook? Hook { get; } = hook;

    /// <summary>For a base chain: whether its policy is DROP rather than ACCEPT.</summary>
    public bool PolicyDrops { get; internal set; }

    /// <summary>1-based line of its <c>:CHAIN</c> line or <c>-N</c> command; null for a base chain that only rules name.</summary>
    public int? DeclarationLine { get; internal set; }

    /// <summary>Whether rules can name it: base chains always are there, a user's chain from its declaration on.</summary>
    internal bool Exists => Hook is not null || DeclarationLine is not null;

    /// <summary><c>table:CHAIN</c>.</summary>
    public override string ToString() => $"{Table.Name()}:{Name}";
}
