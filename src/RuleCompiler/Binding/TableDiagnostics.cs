using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Binding;

/// <summary>What can be wrong with tables and chains: <c>IPT2070</c> to <c>IPT2077</c>.</summary>
internal static class TableDiagnostics
{
    public static DiagnosticDescriptor UnknownTable { get; } = new("IPT2070", DiagnosticSeverity.Error)
    {
        Title = "Unknown table",
        Message = "There is no table '{0}'{1}",
        Explanation = "The tables are raw, mangle, nat, filter and security.",
        Example = "*[|fliter|]\n:INPUT ACCEPT [0:0]\nCOMMIT\n",
        Corrected = "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n",
    };

    public static DiagnosticDescriptor PolicyOnUserChain { get; } = new("IPT2071", DiagnosticSeverity.Error)
    {
        Title = "Policy on a chain that has none",
        Message = "'{0}' is no base chain of table '{1}', so it has no policy",
        Explanation = "Only base chains have a policy: filter has INPUT, FORWARD and OUTPUT; nat has PREROUTING, INPUT, OUTPUT and "
            + "POSTROUTING, and so on. The line of any other chain has '-' in its place (iptables-nft reads over what stands "
            + "there, iptables-legacy refuses it), and -P is for base chains alone.",
        Example = "*filter\n:A - [0:0]\n-P A [|DROP|]\nCOMMIT\n",
        Corrected = "*filter\n:A - [0:0]\n-A A -j DROP\nCOMMIT\n",
    };

    public static DiagnosticDescriptor UnknownPolicy { get; } = new("IPT2072", DiagnosticSeverity.Error)
    {
        Title = "Unknown policy",
        Message = "'{0}' is no policy: ACCEPT or DROP",
        Explanation = "What a base chain does with packets that no rule decided is ACCEPT or DROP.",
        Example = "*filter\n:INPUT [|REJECT|] [0:0]\nCOMMIT\n",
        Corrected = "*filter\n:INPUT DROP [0:0]\nCOMMIT\n",
    };

    public static DiagnosticDescriptor ChainTwice { get; } = new("IPT2073", DiagnosticSeverity.Error)
    {
        Title = "Chain declared twice",
        Message = "Chain '{0}' was declared before, at line {1}",
        Explanation = "A table declares each chain once.",
        Example = "*filter\n:INPUT ACCEPT [0:0]\n:A - [0:0]\n-N [|A|]\nCOMMIT\n",
        Corrected = "*filter\n:INPUT ACCEPT [0:0]\n:A - [0:0]\nCOMMIT\n",
    };

    public static DiagnosticDescriptor BadChainName { get; } = new("IPT2074", DiagnosticSeverity.Error)
    {
        Title = "Chain name not possible",
        Message = "'{0}' cannot be the name of a chain: {1}",
        Explanation = "A chain's name has at most 28 bytes. iptables-nft also refuses names that begin with '-' or '!', and those "
            + "of the built-in targets.",
        Example = "*filter\n:[|A-NAME-LONGER-THAN-28-BYTES-IS|] - [0:0]\nCOMMIT\n",
        Corrected = "*filter\n:A-SHORTER-NAME - [0:0]\nCOMMIT\n",
    };

    public static DiagnosticDescriptor JumpToBaseChain { get; } = new("IPT2075", DiagnosticSeverity.Error)
    {
        Title = "Jump to a base chain",
        Message = "'{0}' is a base chain: only the kernel's hook calls it",
        Explanation = "Rules can jump to chains of your own only.",
        Example = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A INPUT -j [|FORWARD|]\nCOMMIT\n",
        Corrected = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A INPUT -j ACCEPT\nCOMMIT\n",
    };

    public static DiagnosticDescriptor TooDeep { get; } = new("IPT2076", DiagnosticSeverity.Error)
    {
        Title = "Chains nested too deep",
        Message = "This jump is nested {0} deep below a base chain; nf_tables takes at most {1}",
        Explanation = "The kernel keeps the way back in a stack of fixed size (net/netfilter/nf_tables_core.c, NFT_JUMP_STACK_SIZE).",
        Example = NestedChains(16, "[|C16|]"),
        Corrected = NestedChains(15, "C15"),
    };

    public static DiagnosticDescriptor NoBaseChain { get; } = new("IPT2077", DiagnosticSeverity.Warning)
    {
        Title = "Chain that no hook calls",
        Message = "Table '{0}' has no base chain '{1}': this is a chain of your own, and its policy means nothing",
        Explanation = "iptables-nft takes the line, and no packet ever meets the chain unless a rule jumps to it. Each table has "
            + "base chains at some hooks only: filter at INPUT, FORWARD and OUTPUT, nat at all but FORWARD, and so on.",
        Example = "*filter\n:PREROUTING [|ACCEPT|] [0:0]\nCOMMIT\n",
        Corrected = "*mangle\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n",
    };

    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [UnknownTable, PolicyOnUserChain, UnknownPolicy, ChainTwice, BadChainName, JumpToBaseChain, TooDeep, NoBaseChain];

    private static string NestedChains(int depth, string last)
    {
        var numbers = Enumerable.Range(1, depth).ToArray();
        var declarations = string.Concat(numbers.Select(n => $":C{n} - [0:0]\n"));
        var jumps = string.Concat(numbers.Select(n =>
            $"-A {(n == 1 ? "INPUT" : $"C{n - 1}")} -j {(n == depth ? last : $"C{n}")}\n"));
        return $"*filter\n:INPUT ACCEPT [0:0]\n{declarations}{jumps}COMMIT\n";
    }
}
