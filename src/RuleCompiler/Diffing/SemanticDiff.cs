using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Diffing;

/// <summary>Compares what two dumps do to all packets.</summary>
public static class SemanticDiff
{
    /// <summary>Every packet that is treated otherwise: verdict, REJECT's answer, rewrites, marks, zone, tracking, queue.</summary>
    /// <param name="before">A dump without errors.</param>
    /// <param name="after">A dump without errors.</param>
    /// <param name="options">Hosts and limits; null for the usual ones.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static DiffResult Compare(Compilation before, Compilation after, DiffOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new DiffOptions();
        var hosts = new HostFacts[2];
        Parallel.For(0, hosts.Length, i => hosts[i] = (i == 0 ? options.OldHost : options.NewHost) ?? HostInference.Infer(i == 0 ? before : after));
        var (oldHost, newHost) = (hosts[0], hosts[1]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.Timeout is { } timeout)
        {
            limit.CancelAfter(timeout);
        }
        var regions = ImmutableArray.CreateBuilder<DiffRegion>();
        string? reason = null;
        var differs = false;
        foreach (var family in before.Families.Union(after.Families).Order())
        {
            var run = new FamilyDiff(
                new DiffSide(before, family, oldHost), new DiffSide(after, family, newHost), options, limit.Token);
            try
            {
                reason = run.Run(options.MaxRegions - regions.Count);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                reason = "the time limit was reached";
            }
            differs |= run.Differs;
            if (!options.StopsAtFirst)
            {
                regions.AddRange(run.Regions());
            }
            if (reason is not null)
            {
                break;
            }
        }
        return new DiffResult(
            reason is not null ? Equivalence.Unknown : differs ? Equivalence.Different : Equivalence.Equivalent,
            reason,
            [.. DiffImportance.Order(regions)],
            oldHost,
            newHost);
    }

    /// <summary>Whether two dumps provably do the same to every packet, logs included, on any machine of the first one's kind.</summary>
    /// <returns>False where they differ, and where that could not be settled in time.</returns>
    public static bool IsEquivalent(Compilation before, Compilation after, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        var host = HostInference.Infer(before);
        var options = new DiffOptions { OldHost = host, NewHost = host, CountsLogs = true, Timeout = timeout, StopsAtFirst = true };
        return Compare(before, after, options, cancellation).Equivalence == Equivalence.Equivalent;
    }
}
