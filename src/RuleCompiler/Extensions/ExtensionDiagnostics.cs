using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Extensions;

/// <summary>What can be wrong between the options of one match: <c>IPT2030</c> to <c>IPT2039</c>.</summary>
internal static class ExtensionDiagnostics
{
    public static DiagnosticDescriptor NeedsOneOf { get; } = new("IPT2030", DiagnosticSeverity.Error)
    {
        Title = "One of several options missing",
        Message = "'{0}' needs one of {1}",
        Explanation = "The other options only change what these say, so without one of them the rule is refused.",
        Example = Rule("-m [|addrtype|] --limit-iface-in -j ACCEPT"),
        Corrected = Rule("-m addrtype --dst-type LOCAL --limit-iface-in -j ACCEPT"),
    };

    public static DiagnosticDescriptor NeedsOther { get; } = new("IPT2031", DiagnosticSeverity.Error)
    {
        Title = "Option needs another one",
        Message = "'{0}' also needs '{1}'",
        Explanation = "The option has a meaning only together with the other one.",
        Example = Rule("-m recent --update [|--reap|] -j ACCEPT"),
        Corrected = Rule("-m recent --update --seconds 60 --reap -j ACCEPT"),
    };

    public static DiagnosticDescriptor NotWith { get; } = new("IPT2032", DiagnosticSeverity.Error)
    {
        Title = "Options that do not go together",
        Message = "'{0}' has no meaning with {1}",
        Explanation = "The kernel or the tool refuses the two together.",
        Example = Rule("-m recent --set [|--seconds|] 60 -j ACCEPT"),
        Corrected = Rule("-m recent --update --seconds 60 -j ACCEPT"),
    };

    public static DiagnosticDescriptor NotInFamily { get; } = new("IPT2033", DiagnosticSeverity.Error)
    {
        Title = "Value of the other family",
        Message = "{0} cannot be asked for in {1}",
        Explanation = "The kernel knows this for the other family of addresses only.",
        Example = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -s fd00::/64 -m addrtype [|--dst-type|] BROADCAST -j DROP\nCOMMIT\n",
        Corrected = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -s fd00::/64 -m addrtype --dst-type MULTICAST -j DROP\nCOMMIT\n",
    };

    public static DiagnosticDescriptor OutOfProportion { get; } = new("IPT2034", DiagnosticSeverity.Error)
    {
        Title = "Two values that do not fit",
        Message = "'{0}' must be {1}",
        Explanation = "The value is bounded by that of another option of the same match.",
        Example = Rule("-m statistic --mode nth --every 3 [|--packet|] 3 -j ACCEPT"),
        Corrected = Rule("-m statistic --mode nth --every 3 --packet 2 -j ACCEPT"),
    };

    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [NeedsOneOf, NeedsOther, NotWith, NotInFamily, OutOfProportion];

    private static string Rule(string rule) => $"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT {rule}\nCOMMIT\n";
}
