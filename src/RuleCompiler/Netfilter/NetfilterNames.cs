using System.Collections.Immutable;
using System.Diagnostics;

namespace RuleCompiler.Netfilter;

/// <summary>Names of hooks and tables as dumps write them, and which table has which base chains.</summary>
/// <remarks>Source: net/ipv4/netfilter/iptable_*.c (<c>valid_hooks</c>); iptables(8), TABLES.</remarks>
internal static class NetfilterNames
{
    /// <summary>All hooks, in the order in which iptables-save lists base chains.</summary>
    public static ImmutableArray<Hook> Hooks { get; } =
        [Hook.Prerouting, Hook.Input, Hook.Forward, Hook.Output, Hook.Postrouting];

    /// <summary>All tables, in the order of their priorities.</summary>
    public static ImmutableArray<TableKind> Tables { get; } =
        [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter, TableKind.Security];

    public static string Name(this Hook hook) => hook switch
    {
        Hook.Prerouting => "PREROUTING",
        Hook.Input => "INPUT",
        Hook.Forward => "FORWARD",
        Hook.Output => "OUTPUT",
        Hook.Postrouting => "POSTROUTING",
        _ => throw new UnreachableException(),
    };

    public static string Name(this TableKind table) => table switch
    {
        TableKind.Raw => "raw",
        TableKind.Mangle => "mangle",
        TableKind.Nat => "nat",
        TableKind.Filter => "filter",
        TableKind.Security => "security",
        _ => throw new UnreachableException(),
    };

    public static string Name(this Family family) => family == Family.IPv4 ? "ipv4" : "ipv6";

    public static Hook? FindHook(ReadOnlySpan<byte> chainName) => chainName switch
    {
        [.. var n] when n.SequenceEqual("PREROUTING"u8) => Hook.Prerouting,
        [.. var n] when n.SequenceEqual("INPUT"u8) => Hook.Input,
        [.. var n] when n.SequenceEqual("FORWARD"u8) => Hook.Forward,
        [.. var n] when n.SequenceEqual("OUTPUT"u8) => Hook.Output,
        [.. var n] when n.SequenceEqual("POSTROUTING"u8) => Hook.Postrouting,
        _ => null,
    };

    public static TableKind? FindTable(string name) => name switch
    {
        "raw" => TableKind.Raw,
        "mangle" => TableKind.Mangle,
        "nat" => TableKind.Nat,
        "filter" => TableKind.Filter,
        "security" => TableKind.Security,
        _ => null,
    };

    /// <summary>The hooks at which a table has a base chain.</summary>
    public static HookSet HooksOf(TableKind table) => table switch
    {
        TableKind.Raw => HookSet.Prerouting | HookSet.Output,
        TableKind.Mangle => HookSet.All,
        TableKind.Nat => HookSet.All & ~HookSet.Forward,
        TableKind.Filter or TableKind.Security => HookSet.Input | HookSet.Forward | HookSet.Output,
        _ => throw new UnreachableException(),
    };

    public static HookSet ToSet(this Hook hook) => (HookSet)(1 << (int)hook);

    public static TableSet ToSet(this TableKind table) => (TableSet)(1 << (int)table);
}
