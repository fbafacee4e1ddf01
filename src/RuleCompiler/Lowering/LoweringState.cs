using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Lowering;

/// <summary>What the passes hand from one to the next.</summary>
internal sealed class LoweringState(BoundRuleset ruleset)
{
    private int _services;

    public BoundRuleset Ruleset { get; } = ruleset;

    /// <summary>By chain index and rule number less one; set by <see cref="LowerConditions"/>.</summary>
    public LoweredRule[][] Rules { get; } = new LoweredRule[ruleset.Chains.Length][];

    /// <summary>The <see cref="KernelServices"/> that the rules need; <see cref="LowerConditions"/> adds to them from several threads.</summary>
    public ref int Services => ref _services;

    /// <summary>The distinct atoms; set by <see cref="InternPredicates"/>.</summary>
    public List<Condition> Atoms { get; } = [];

    /// <summary>References of all rules: atom times two, plus one where it must not hold.</summary>
    public List<int> References { get; } = [];

    /// <summary>Set by <see cref="AssignClasses"/>.</summary>
    public FieldClassifier?[] Classifiers { get; } = new FieldClassifier?[PacketFieldInfo.Count];

    /// <summary>Set by <see cref="AssignClasses"/>, one for each atom.</summary>
    public Predicate[] Predicates { get; set; } = [];

    /// <summary>The distinct actions; set by <see cref="PackRows"/>.</summary>
    public List<RuleAction> Actions { get; } = [];

    /// <summary>Set by <see cref="PackRows"/>.</summary>
    public DecisionTable[] Tables { get; set; } = [];
}
