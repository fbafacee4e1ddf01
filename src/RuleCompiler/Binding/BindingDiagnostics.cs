using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Binding;

/// <summary>What can be wrong with names and rules: <c>IPT2001</c> to <c>IPT2010</c>; <see cref="RuleDiagnostics"/> goes on.</summary>
internal static class BindingDiagnostics
{
    public static DiagnosticDescriptor UnknownOption { get; } = new("IPT2001", DiagnosticSeverity.Warning)
    {
        Title = "Unknown option",
        Message = "Option '{0}' is not known; it is kept as a condition that may or may not hold{1}",
        Explanation = "None of the matches and targets of this rule has such an option. Nothing is lost: the option stays in "
            + "the tree, and every analysis treats it as a test whose outcome is not known.",
        Example = Filter("-A INPUT -p tcp [|--colour|] blue -j ACCEPT"),
        Corrected = Filter("-A INPUT -p tcp --dport 22 -j ACCEPT"),
    };

    public static DiagnosticDescriptor UndeclaredChain { get; } = new("IPT2002", DiagnosticSeverity.Error)
    {
        Title = "Chain not declared",
        Message = "Table '{0}' declares no chain '{1}'{2}",
        Explanation = "A rule can stand in, jump to and go to chains of its own table only, and the table must declare them "
            + "(':NAME - [0:0]', or -N) before the rule. The name is also no target.",
        Example = Filter("-A INPUT -j [|MISSING|]"),
        Corrected = Filter(":PRESENT - [0:0]\n-A INPUT -j PRESENT"),
    };

    public static DiagnosticDescriptor JumpCycle { get; } = new("IPT2003", DiagnosticSeverity.Error)
    {
        Title = "Jump cycle",
        Message = "Chain '{0}' is reached again from itself by this jump: {1}",
        Explanation = "The kernel refuses chains that call themselves, however long the way round, when a base chain reaches them.",
        Example = Filter(":A - [0:0]\n-A INPUT -j A\n-A A -j [|A|]"),
        Corrected = Filter(":A - [0:0]\n-A INPUT -j A\n-A A -j RETURN"),
    };

    public static DiagnosticDescriptor NotAllowedHere { get; } = new("IPT2004", DiagnosticSeverity.Error)
    {
        Title = "Not allowed in this table or hook",
        Message = "'{0}' cannot be used {1}",
        Explanation = "Many matches and targets work only in some tables, or at some hooks, because only there the kernel has "
            + "what they need. For a chain of your own the hooks that reach it count.",
        Example = Filter("-A INPUT -p tcp -j [|REDIRECT|] --to-ports 8080"),
        Corrected = "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j REDIRECT --to-ports 8080\nCOMMIT\n",
    };

    public static DiagnosticDescriptor PartialDump { get; } = new("IPT2005", DiagnosticSeverity.Warning)
    {
        Title = "Dump is not the whole truth",
        Message = "The dump says of itself that it is incomplete: {0}",
        Explanation = "A machine can hold rules in both back ends, nf_tables and x_tables, or in a form that iptables-save "
            + "cannot print. What the other tool prints is in force too: dump it as well.",
        Example = "[|# Warning: iptables-legacy tables present, use iptables-legacy-save to see them|]\n"
            + Filter("-A INPUT -j ACCEPT"),
        Corrected = Filter("-A INPUT -j ACCEPT"),
    };

    public static DiagnosticDescriptor Truncated { get; } = new("IPT2007", DiagnosticSeverity.Warning)
    {
        Title = "Table not finished",
        Message = "Table '{0}' has no COMMIT: the dump may be cut off, and iptables-restore loads nothing of it",
        Explanation = "Every table ends with COMMIT. Without it rules at the end may be missing; what is there is analysed.",
        Example = "*[|filter|]\n:INPUT ACCEPT [0:0]\n-A INPUT -j ACCEPT\n",
        Corrected = Filter("-A INPUT -j ACCEPT"),
    };

    public static DiagnosticDescriptor TableTwice { get; } = new("IPT2008", DiagnosticSeverity.Warning)
    {
        Title = "Table given twice",
        Message = "Table '{0}' was given before, at line {1}: this one replaces it",
        Explanation = "iptables-restore flushes a table when its section begins, so only the last section of a table counts.",
        Example = Filter("-A INPUT -j DROP") + "*[|filter|]\n:INPUT ACCEPT [0:0]\n-A INPUT -j ACCEPT\nCOMMIT\n",
        Corrected = Filter("-A INPUT -j ACCEPT"),
    };

    public static DiagnosticDescriptor UnknownMatch { get; } = new("IPT2009", DiagnosticSeverity.Warning)
    {
        Title = "Unknown match",
        Message = "Match '{0}' is not known; it is kept as a condition that may or may not hold{1}",
        Explanation = "The compiler has no description of this extension. Nothing is lost: it stays in the tree with its "
            + "options, and every analysis treats it as a test whose outcome is not known.",
        Example = Filter("-A INPUT -m [|geoip|] --source-country NO -j ACCEPT"),
        Corrected = Filter("-A INPUT -m mark --mark 0x1 -j ACCEPT"),
    };

    public static DiagnosticDescriptor UnknownTarget { get; } = new("IPT2010", DiagnosticSeverity.Warning)
    {
        Title = "Unknown target",
        Message = "Target '{0}' is not known; it may let the packet go on, accept it or drop it",
        Explanation = "The compiler has no description of this extension. Nothing is lost: it stays in the tree with its "
            + "options, and every analysis treats what it does as not known.",
        Example = Filter("-A INPUT -j [|TARPIT|] --tarpit"),
        Corrected = Filter("-A INPUT -j DROP"),
    };

    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnknownOption, UndeclaredChain, JumpCycle, NotAllowedHere, PartialDump, Truncated, TableTwice, UnknownMatch,
        UnknownTarget,
    ];

    private static string Filter(string lines) => $"*filter\n:INPUT ACCEPT [0:0]\n{lines}\nCOMMIT\n";
}
