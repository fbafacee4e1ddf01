using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Where a rule is to stand: what may be asked there, and what done.</summary>
/// <param name="Table">The table.</param>
/// <param name="Hooks">All hooks that may call the chain.</param>
/// <param name="Callees">Chains that it may call.</param>
internal sealed record SmallPlace(TableKind Table, IReadOnlyList<Hook> Hooks, IReadOnlyList<string> Callees)
{
    public bool HasIn => Hooks.All(SmallWorld.HasIn);

    public bool HasOut => Hooks.All(SmallWorld.HasOut);

    public bool HasOwner => Hooks.All(SmallWorld.HasOwner);

    /// <summary>Whether rules can ask conntrack: in raw it has not looked yet.</summary>
    public bool AsksState => Table != TableKind.Raw;

    public bool TranslatesDestination => Table == TableKind.Nat && Hooks.All(hook => hook is Hook.Prerouting or Hook.Output);
}
