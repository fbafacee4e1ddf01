using System.Collections.Immutable;
using RuleCompiler.Flows;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>The flows of a dump, for each of its families that has a sidecar.</summary>
/// <param name="Compilation">The dump.</param>
/// <param name="GivenHost">The host, given or inferred, before the proxy's sockets were added.</param>
/// <param name="GivenProfile">The mesh, before the dump told its own numbers.</param>
/// <param name="Analyses">One for each family; empty where the dump has no sidecar.</param>
internal sealed record FlowsReport(
    Compilation Compilation, HostFacts GivenHost, MeshProfile GivenProfile, ImmutableArray<FlowAnalysis> Analyses)
{
    /// <summary>The host that the packets met.</summary>
    public HostFacts Host => Analyses.IsEmpty ? GivenHost : Analyses[0].Host;

    /// <summary>The mesh, with what the dump tells of it.</summary>
    public MeshProfile Profile => Analyses.IsEmpty ? GivenProfile : Analyses[0].Profile;

    public IEnumerable<Flow> Flows => Analyses.SelectMany(a => a.Flows);

    /// <summary>Why there are no flows; null where there are.</summary>
    public string? Note => Analyses.IsEmpty
        ? "no sidecar: no rule leads traffic to a local port and spares what a proxy itself sends"
        : null;

    public int Count(FlowStatus status) => Flows.Count(f => f.Status == status);

    /// <summary>How many flows fared how, such as <c>6 flows: 3 ok, 3 differ</c>.</summary>
    public string Summary
    {
        get
        {
            var differing = Count(FlowStatus.Differs) == 1 ? "differs" : "differ";
            (FlowStatus Status, string Word)[] words =
            [
                (FlowStatus.Ok, "ok"), (FlowStatus.Differs, differing), (FlowStatus.Broken, "broken"), (FlowStatus.Absent, "absent"),
            ];
            var parts = words.Where(w => Count(w.Status) > 0).Select(w => $"{Count(w.Status)} {w.Word}");
            return $"{Flows.Count()} flows: {string.Join(", ", parts)}";
        }
    }
}
