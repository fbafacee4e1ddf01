using System.Collections.Immutable;
using RuleCompiler.Syntax;

namespace RuleCompiler.Linting.Fixing;

/// <summary>Applies fixes to a dump, and keeps those alone that are proven.</summary>
/// <remarks>
/// In rounds: first all fixes that do not lean on each other (of two equal rules either can go, and one has to stay) are
/// tried at once, and where that is not proven, either half, and so on, each beside what the round accepted before. Only a
/// round that accepts none of them tries the others, so what leans on a rule that went is judged anew first. The last round accepts nothing, and its proofs are those that the first round of another run would ask
/// for: so fixing twice is fixing once. No analyzer's word is taken, and no place in the text means anything to the proof,
/// which compares what the two texts compile to; so edits that shift the positions of <c>-I CHAIN 3</c> are refused where
/// they matter.
/// </remarks>
internal sealed class DumpFixer(
    ImmutableArray<LintAnalyzer> analyzers, EquivalenceProof proof, CancellationToken cancellation)
{
    /// <summary>Each round takes rules or words away, so there are few; more would mean that two checks undo each other.</summary>
    private const int MaxRounds = 100;

    public FixResult Run(LintInput input, Func<Finding, bool> isWanted)
    {
        var fixedFindings = ImmutableArray.CreateBuilder<Finding>();
        var current = input.Compilation;
        for (var round = 1; ; round++)
        {
            var result = Linter.Run([input with { Compilation = current }], analyzers, cancellation)[0];
            var candidates = Candidates(result, isWanted);
            var accepted = round <= MaxRounds ? Accept(current, candidates) : [];
            if (accepted.IsEmpty)
            {
                return new FixResult(input.Compilation, current, result, fixedFindings.DrainToImmutable(), candidates);
            }
            fixedFindings.AddRange(accepted);
            current = Edit(current, accepted);
        }
    }

    /// <summary>What is to be tried: of fixes that touch the same text, the first.</summary>
    private static ImmutableArray<Finding> Candidates(LintResult result, Func<Finding, bool> isWanted)
    {
        var taken = new SortedSet<(int Start, int End)>();
        return
        [
            .. result.Findings.Where(finding => !finding.IsSuppressed
                && finding.Fix is { KeepsBehaviour: true, Changes.IsEmpty: false } fix
                && isWanted(finding)
                && TryTake(taken, fix)),
        ];
    }

    private static bool TryTake(SortedSet<(int Start, int End)> taken, Fix fix)
    {
        if (fix.Changes.Any(change => Overlaps(taken, change.Span.Start, change.Span.End)))
        {
            return false;
        }
        foreach (var change in fix.Changes)
        {
            taken.Add((change.Span.Start, change.Span.End));
        }
        return true;
    }

    private static bool Overlaps(SortedSet<(int Start, int End)> taken, int start, int end)
    {
        // Those taken are disjoint: only the last one that begins before the end can reach into the span.
        var before = taken.GetViewBetween((int.MinValue, int.MinValue), (end, int.MaxValue)).Max;
        return before.End > start || (before.Start == start && taken.Contains(before));
    }

    private ImmutableArray<Finding> Accept(Compilation current, ImmutableArray<Finding> candidates)
    {
        var apart = Apart(candidates);
        return AcceptOf(current, apart) is { IsEmpty: false } accepted ? accepted : AcceptOf(current, candidates.RemoveRange(apart));
    }

    /// <summary>Fixes that take away no rule that another one's finding rests on, as far as those before them leave it so.</summary>
    private static ImmutableArray<Finding> Apart(ImmutableArray<Finding> candidates)
    {
        var removed = new SortedSet<(int Start, int End)>();
        var needed = new SortedSet<int>();
        var apart = ImmutableArray.CreateBuilder<Finding>();
        foreach (var finding in candidates)
        {
            var spans = (finding.Fix?.Changes ?? []).Select(change => change.Span).Where(span => span.Length > 0).ToList();
            var causes = finding.Because.Select(cause => cause.Location.Span.Start).ToList();
            if (spans.Exists(span => needed.GetViewBetween(span.Start, span.End - 1).Count > 0)
                || causes.Exists(cause => Overlaps(removed, cause, cause + 1)))
            {
                continue;
            }
            removed.UnionWith(spans.Select(span => (span.Start, span.End)));
            needed.UnionWith(causes);
            apart.Add(finding);
        }
        return apart.DrainToImmutable();
    }

    private ImmutableArray<Finding> AcceptOf(Compilation current, ImmutableArray<Finding> candidates)
    {
        var accepted = ImmutableArray<Finding>.Empty;
        var open = new Stack<ImmutableArray<Finding>>();
        if (!candidates.IsEmpty)
        {
            open.Push(candidates);
        }
        while (open.TryPop(out var tried))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Edit(current, accepted.AddRange(tried)) is { HasErrors: false } edited && proof(current, edited, cancellation))
            {
                accepted = accepted.AddRange(tried);
            }
            else if (tried.Length > 1)
            {
                open.Push(tried[(tried.Length / 2)..]);
                open.Push(tried[..(tried.Length / 2)]);
            }
        }
        return accepted;
    }

    private Compilation Edit(Compilation current, ImmutableArray<Finding> findings)
    {
        var changes = findings.SelectMany(finding => finding.Fix?.Changes ?? []).OrderBy(change => change.Span.Start);
        return Compilation.Create(
            SyntaxTree.Parse(current.Tree.Text.WithChanges(changes), cancellation), current.Options, cancellation);
    }
}
