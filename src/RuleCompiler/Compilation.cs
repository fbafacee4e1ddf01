using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Lowering;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;

namespace RuleCompiler;

/// <summary>The one door: a dump's diagnostics, its bound rules and its decision tables, computed once, on demand.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class Compilation
{
    private readonly Lazy<BindingResult> _binding;
    private readonly Lazy<ImmutableArray<Diagnostic>> _diagnostics;
    private readonly Lazy<ImmutableArray<CompiledRuleset>> _tables;

    private Compilation(SyntaxTree tree, CompilationOptions options, CancellationToken cancellation)
    {
        Tree = tree;
        Options = options;
        _binding = new(() => Binder.Bind(tree, options, cancellation));
        _diagnostics = new(() =>
            [.. tree.Diagnostics.Concat(_binding.Value.Diagnostics).OrderBy(d => d.Location.Span.Start)]);
        _tables = new(() => [.. _binding.Value.Rulesets.Select(r => Lowerer.Lower(r, cancellation))]);
    }

    /// <summary>The dump.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>What was forced from outside.</summary>
    public CompilationOptions Options { get; }

    /// <summary>Syntax and binding diagnostics in order of place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>Whether anything is wrong enough that the real tools refuse the dump; then it has no decision tables.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>The families that the dump has sections of, IPv4 first.</summary>
    public ImmutableArray<Family> Families => [.. _binding.Value.Rulesets.Select(r => r.Family)];

    /// <summary>A compilation of <paramref name="tree"/>; nothing is computed yet.</summary>
    public static Compilation Create(
        SyntaxTree tree, CompilationOptions? options = null, CancellationToken cancellationToken = default) =>
        new(tree, options ?? new(), cancellationToken);

    /// <summary>Computes the decision tables now, on the calling thread.</summary>
    internal void Lower() => _ = _tables.Value;

    /// <summary>The bound rules of a family; null where the dump has no section of it.</summary>
    internal BoundRuleset? GetRuleset(Family family) => _binding.Value.Rulesets.FirstOrDefault(r => r.Family == family);

    /// <summary>The decision tables of a family; null where the dump has no section of it.</summary>
    /// <exception cref="InvalidOperationException">The dump has errors.</exception>
    internal CompiledRuleset? GetTables(Family family) => HasErrors
        ? throw new InvalidOperationException("a dump with errors has no decision tables")
        : _tables.Value.FirstOrDefault(t => t.Family == family);
}
