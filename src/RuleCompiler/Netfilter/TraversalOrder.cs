using System.Collections.Immutable;
using System.Diagnostics;

namespace RuleCompiler.Netfilter;

/// <summary>Which tables a packet meets at a hook, and in which order.</summary>
/// <remarks>
/// Source: include/uapi/linux/netfilter_ipv4.h, <c>nf_ip_hook_priorities</c>. iptables-nft registers
/// <c>security</c> at 150, behind source nat at 100; x_tables registers it at 50, before it. At INPUT,
/// the only hook that has both, the order therefore differs.
/// </remarks>
internal static class TraversalOrder
{
    private static readonly ImmutableArray<TableKind> Prerouting = [TableKind.Raw, TableKind.Mangle, TableKind.Nat];

    private static readonly ImmutableArray<TableKind> InputNft =
        [TableKind.Mangle, TableKind.Filter, TableKind.Nat, TableKind.Security];

    private static readonly ImmutableArray<TableKind> InputLegacy =
        [TableKind.Mangle, TableKind.Filter, TableKind.Security, TableKind.Nat];

    private static readonly ImmutableArray<TableKind> Forward = [TableKind.Mangle, TableKind.Filter, TableKind.Security];

    private static readonly ImmutableArray<TableKind> Output =
        [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter, TableKind.Security];

    private static readonly ImmutableArray<TableKind> Postrouting = [TableKind.Mangle, TableKind.Nat];

    public static ImmutableArray<TableKind> At(Hook hook, Flavour flavour) => hook switch
    {
        Hook.Prerouting => Prerouting,
        Hook.Input => flavour == Flavour.Nft ? InputNft : InputLegacy,
        Hook.Forward => Forward,
        Hook.Output => Output,
        Hook.Postrouting => Postrouting,
        _ => throw new UnreachableException(),
    };
}
