using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Symbols;

/// <summary>A table that a dump has.</summary>
/// <param name="kind">Which of the kernel's tables.</param>
/// <param name="family">The family of its rules.</param>
/// <param name="line">1-based line of its <c>*TABLE</c> line, or of the first command line that names it.</param>
public sealed class TableSymbol(TableKind kind, Family family, int line)
{
    /// <summary>Which of the kernel's tables.</summary>
    public TableKind Kind { get; } = kind;

    /// <summary>The family of its rules.</summary>
    public Family Family { get; } = family;

    /// <summary>1-based line of its <c>*TABLE</c> line, or of the first command line that names it.</summary>
    public int Line { get; } = line;

    /// <summary>Its chains: base chains first, in hook order, then the user's in the order of their first line.</summary>
    public ImmutableArray<ChainSymbol> Chains { get; internal set; } = [];

    /// <summary>Its name: <c>nat</c>.</summary>
    public override string ToString() => Kind.Name();
}
