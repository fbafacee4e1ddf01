using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Plays the flows of a mesh through one family of a dump, and holds them against the article.</summary>
/// <remarks>
/// Nothing of a flow's path is written down here: each connection is evaluated as the kernel would, a listener of the
/// proxy that takes it opens the next one, and so on until someone else has it, it is lost, or it comes round again.
/// </remarks>
public sealed class FlowAnalysis
{
    private FlowAnalysis(
        BoundRuleset ruleset, Compilation compilation, MeshProfile profile, HostFacts host, TraceOptions options)
    {
        var captures = new CaptureMap(ruleset);
        Family = ruleset.Family;
        Host = host;
        Profile = new ProfileInference(ruleset, captures, profile).Infer();
        var player = new FlowPlayer(
            new Evaluator(compilation, Family, host), options, Profile, new FlowPackets(Family, Profile, captures, host));
        var judge = new FlowJudge(ruleset, captures, Profile);
        Flows = [.. Profile.Flows.Where(IsMeant).Select(f => judge.Judge(f, player.Play(f)))];
    }

    /// <summary>The family whose rules the flows met.</summary>
    public Family Family { get; }

    /// <summary>The machine; an inferred one, or one without sockets, has the proxy's listeners added.</summary>
    public HostFacts Host { get; }

    /// <summary>The profile, with what the dump tells.</summary>
    public MeshProfile Profile { get; }

    /// <summary>
    /// The flows in order of their numbers; those of DNS only where names are captured, or are meant to be, those of
    /// health probes only where they have an address of the family.
    /// </summary>
    public ImmutableArray<Flow> Flows { get; }

    /// <summary>The flows of each family of a dump.</summary>
    /// <param name="compilation">A compilation without errors.</param>
    /// <param name="profile">The mesh; what the dump itself tells goes before it.</param>
    /// <param name="isForced">Whether the user says that there is such a mesh, whatever the dump looks like.</param>
    /// <param name="host">The machine.</param>
    /// <param name="options">What to assume of what no packet tells; of several outcomes the first is taken.</param>
    /// <returns>Only families with a sidecar, IPv4 first; empty where the dump has none.</returns>
    /// <exception cref="EvaluationLimitException">A packet has too many outcomes.</exception>
    public static ImmutableArray<FlowAnalysis> Run(
        Compilation compilation, MeshProfile profile, bool isForced, HostFacts host, TraceOptions? options = null)
    {
        BoundRuleset[] rulesets =
        [
            .. compilation.Families.Select(compilation.GetRuleset).OfType<BoundRuleset>()
                .Where(r => isForced || new ProfileInference(r, new CaptureMap(r), profile).IsSidecar),
        ];
        var complete = rulesets.Aggregate(host, FlowHost.Complete);
        return [.. rulesets.Select(r => new FlowAnalysis(r, compilation, profile, complete, options ?? TraceOptions.Default))];
    }

    private bool IsMeant(FlowDefinition flow) => flow switch
    {
        { Destination: FlowDestination.Resolver } => Profile.DnsPort is not null,
        { Opener: Role.Probe } => Profile.ProbeSource(Family) is not null,
        _ => true,
    };
}
