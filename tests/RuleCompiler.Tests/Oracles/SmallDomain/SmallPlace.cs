using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Where a rule is to stand: what may be asked there, and what done.</summary>
/// <param name="Table">The table.</param>
/// <param name="Hooks">All hooks that may call the chain.</param>
/// <param name="Callees">Chains that it may call.</param>
/// <param name="IsUsers">Whether the chain is a user's.</param>
internal sealed record SmallPlace(TableKind Table, IReadOnlyList<Hook> Hooks, IReadOnlyList<string> Callees, bool IsUsers = false)
{
    /// <summary>Whether iptables takes <c>-i</c> there: in a user's chain always, though it may match nothing.</summary>
    public bool HasIn => IsUsers || Hooks.All(SmallWorld.HasIn);

    public bool HasOut => IsUsers || Hooks.All(SmallWorld.HasOut);

    public bool HasOwner => Hooks.All(SmallWorld.HasOwner);

    /// <summary>Whether rules can ask conntrack: in raw it has not looked yet.</summary>
    public bool AsksState => Table != TableKind.Raw;

    public bool TranslatesDestination => Table == TableKind.Nat && Hooks.All(hook => hook is Hook.Prerouting or Hook.Output);

    public bool TranslatesSource => Table == TableKind.Nat && Hooks.All(hook => hook is Hook.Input or Hook.Postrouting);

    public bool Masquerades => Table == TableKind.Nat && Hooks.All(hook => hook is Hook.Postrouting);

    public bool Proxies => Table == TableKind.Mangle && Hooks.All(hook => hook is Hook.Prerouting);
}
