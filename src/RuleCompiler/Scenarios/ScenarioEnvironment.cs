using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Scenarios;

/// <summary>What the scenarios of a file run against: rules of one or both families, host and mesh.</summary>
internal sealed class ScenarioEnvironment
{
    private readonly HostFacts? _host;
    private readonly MeshProfile? _profile;
    private readonly Dictionary<Family, FamilyRules> _families = [];

    /// <param name="compilations">At least one, without errors, no two with rules of one family.</param>
    /// <param name="host">Null where each dump's host is inferred.</param>
    /// <param name="profile">Null where the mesh is inferred.</param>
    public ScenarioEnvironment(ImmutableArray<Compilation> compilations, HostFacts? host, MeshProfile? profile)
    {
        Compilations = compilations;
        _host = host;
        _profile = profile;
    }

    /// <summary>The dumps, in the order of the file.</summary>
    public ImmutableArray<Compilation> Compilations { get; }

    /// <summary>The host of a dump: that of the file, or inferred.</summary>
    public HostFacts HostOf(Compilation compilation) => _host ?? HostInference.Infer(compilation);

    /// <summary>The rules of a family; none where no dump has any.</summary>
    public FamilyRules For(Family family)
    {
        if (!_families.TryGetValue(family, out var rules))
        {
            rules = Create(family);
            _families.Add(family, rules);
        }
        return rules;
    }

    /// <summary>The bound rules of every family there is.</summary>
    public IEnumerable<BoundRuleset> Rulesets =>
        Compilations.SelectMany(c => c.Families.Select(c.GetRuleset)).OfType<BoundRuleset>();

    /// <summary>The flows of each family with a sidecar, IPv4 first.</summary>
    /// <exception cref="EvaluationLimitException">A packet has too many outcomes.</exception>
    public ImmutableArray<FlowAnalysis> PlayFlows() =>
    [
        .. Compilations.SelectMany(c => FlowAnalysis.Run(c, ProfileOf(c), isForced: _profile is not null, HostOf(c)))
            .OrderBy(a => a.Family),
    ];

    private MeshProfile ProfileOf(Compilation compilation) => _profile ?? ProfileCatalog.InferFor(compilation);

    /// <summary>The dump with rules of a family; the first where none has any.</summary>
    public Compilation OwnerOf(Family family) =>
        Compilations.FirstOrDefault(c => c.Families.Contains(family)) ?? Compilations[0];

    private FamilyRules Create(Family family)
    {
        var owner = OwnerOf(family);
        var host = HostOf(owner);
        return !owner.Families.Contains(family)
            ? new FamilyRules(null, CompiledRuleset.CreateEmpty(family), new Evaluator(CompiledRuleset.CreateEmpty(family), host), host, null)
            : new FamilyRules(
                owner.GetRuleset(family),
                owner.GetTables(family) ?? CompiledRuleset.CreateEmpty(family),
                new Evaluator(owner, family, host),
                host,
                FlowNaming.Create(owner, family, ProfileOf(owner), host));
    }
}
