using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;

namespace RuleCompiler;

/// <summary>The one door: a dump's diagnostics, its bound rules and its decision tables, computed once, on demand.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class Compilation
{
    private Compilation(SyntaxTree tree, CompilationOptions options)
    {
        Tree = tree;
        Options = options;
    }

    /// <summary>The dump.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>What was forced from outside.</summary>
    public CompilationOptions Options { get; }

    /// <summary>Syntax and binding diagnostics in order of place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Tree.Diagnostics;

    /// <summary>The families that the dump has sections of, IPv4 first.</summary>
    public ImmutableArray<Family> Families { get; } = [];

    /// <summary>A compilation of <paramref name="tree"/>.</summary>
    public static Compilation Create(SyntaxTree tree, CompilationOptions? options = null) => new(tree, options ?? new());

    /// <summary>The bound rules of a family; null where the dump has no section of it.</summary>
    internal BoundRuleset? GetRuleset(Family family) => Families.Contains(family) ? throw new NotSupportedException() : null;

    /// <summary>The decision tables of a family; null where the dump has no section of it.</summary>
    internal CompiledRuleset? GetTables(Family family) => Families.Contains(family) ? throw new NotSupportedException() : null;
}
