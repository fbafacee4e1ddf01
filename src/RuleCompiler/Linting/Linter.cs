using System.Collections.Immutable;
using RuleCompiler.Linting.Fixing;

namespace RuleCompiler.Linting;

/// <summary>Runs the analyzers over dumps.</summary>
public static class Linter
{
    /// <summary>Every check that there is, by ID.</summary>
    public static ImmutableArray<LintCheck> Checks => AnalyzerCatalog.Checks;

    /// <summary>All findings of the checks chosen, in one dump; of a dump with errors only these and its other problems.</summary>
    /// <param name="compilation">A compilation.</param>
    /// <param name="options">What to check, and what is known of the machine.</param>
    /// <param name="cancellation">Asked between rules.</param>
    public static LintResult Run(Compilation compilation, LintOptions? options = null, CancellationToken cancellation = default) =>
        Run([new LintInput(compilation, options ?? LintOptions.Default)], cancellation)[0];

    /// <summary>The same for several dumps, which may be of one host; several are worked on at a time.</summary>
    /// <param name="inputs">Compilations, each with what to check in it.</param>
    /// <param name="cancellation">Asked between rules.</param>
    /// <returns>A result for each input, in their order, whatever the number of threads.</returns>
    public static ImmutableArray<LintResult> Run(ImmutableArray<LintInput> inputs, CancellationToken cancellation = default) =>
        Run(inputs, AnalyzerCatalog.All, cancellation);

    /// <summary>Carries out the fixes that provably leave every packet's outcome as it was, until none is left.</summary>
    /// <param name="input">A compilation without errors, and what to check in it.</param>
    /// <param name="isWanted">Whether a finding is to be fixed; suppressed ones are not.</param>
    /// <param name="cancellation">Asked between rules.</param>
    /// <exception cref="InvalidOperationException">The dump has errors.</exception>
    public static FixResult Fix(LintInput input, Func<Finding, bool> isWanted, CancellationToken cancellation = default) =>
        new DumpFixer(AnalyzerCatalog.All, FixProof.IsEquivalent, cancellation).Run(input, isWanted);

    /// <inheritdoc cref="Run(ImmutableArray{LintInput}, CancellationToken)"/>
    /// <param name="analyzers">Those to run, in place of all.</param>
    internal static ImmutableArray<LintResult> Run(
        ImmutableArray<LintInput> inputs, ImmutableArray<LintAnalyzer> analyzers, CancellationToken cancellation = default)
    {
        var results = new LintResult[inputs.Length];
        var parallelism = new ParallelOptions
        {
            MaxDegreeOfParallelism = inputs.IsEmpty ? 1 : Math.Max(1, inputs.Max(input => input.Options.Parallelism)),
            CancellationToken = cancellation,
        };
        Parallel.For(0, inputs.Length, parallelism, index => results[index] = Run(index));
        return [.. results];

        LintResult Run(int index)
        {
            try
            {
                return new LintRun(inputs[index], Others(index), analyzers, cancellation).Complete();
            }
#pragma warning disable CA1031 // whatever goes wrong with one dump, the others can be linted
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                return new LintResult([], []) { Fault = e };
            }
        }

        ImmutableArray<Compilation> Others(int index) =>
            [.. inputs.RemoveAt(index).Select(other => other.Compilation).Where(other => !other.HasErrors)];
    }
}
