using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Binding;

/// <summary>What can be wrong with a rule's options: <c>IPT2050</c> to <c>IPT2065</c>; <see cref="TableDiagnostics"/> goes on.</summary>
internal static class RuleDiagnostics
{
    public static DiagnosticDescriptor MissingValue { get; } = new("IPT2050", DiagnosticSeverity.Error)
    {
        Title = "Value missing",
        Message = "Option '{0}' needs {1} behind it",
        Explanation = "The line ends where the option's value should stand.",
        Example = Filter("-A INPUT -p tcp -m tcp [|--dport|]"),
        Corrected = Filter("-A INPUT -p tcp -m tcp --dport 22"),
    };

    public static DiagnosticDescriptor NotNegatable { get; } = new("IPT2051", DiagnosticSeverity.Error)
    {
        Title = "Option cannot be negated",
        Message = "Option '{0}' cannot have '!' before it",
        Explanation = "Only tests can be negated, and not all of them.",
        Example = Filter("-A INPUT -m limit ! [|--limit-burst|] 5 -j ACCEPT"),
        Corrected = Filter("-A INPUT -m limit --limit-burst 5 -j ACCEPT"),
    };

    public static DiagnosticDescriptor OptionTwice { get; } = new("IPT2052", DiagnosticSeverity.Error)
    {
        Title = "Option given twice",
        Message = "Option '{0}' was given before in this rule",
        Explanation = "A rule can make each test once. Two values need two rules, or a match that takes lists, such as multiport.",
        Example = Filter("-A INPUT -s 10.0.0.1 [|-s|] 10.0.0.2 -j ACCEPT"),
        Corrected = Filter("-A INPUT -s 10.0.0.1 -j ACCEPT\n-A INPUT -s 10.0.0.2 -j ACCEPT"),
    };

    public static DiagnosticDescriptor MissingOption { get; } = new("IPT2053", DiagnosticSeverity.Error)
    {
        Title = "Required option missing",
        Message = "'{0}' needs {1}",
        Explanation = "The match or target says nothing without this option, and the tools refuse it.",
        Example = Filter("-A INPUT -m [|mark|] -j ACCEPT"),
        Corrected = Filter("-A INPUT -m mark --mark 0x1 -j ACCEPT"),
    };

    public static DiagnosticDescriptor ExclusiveOptions { get; } = new("IPT2054", DiagnosticSeverity.Error)
    {
        Title = "Options exclude each other",
        Message = "Option '{0}' cannot stand together with '{1}'",
        Explanation = "Of these options a rule can give only one.",
        Example = "*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1 [|--or-mark|] 2\nCOMMIT\n",
        Corrected = "*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 3\nCOMMIT\n",
    };

    public static DiagnosticDescriptor NeedsProtocol { get; } = new("IPT2055", DiagnosticSeverity.Error)
    {
        Title = "Protocol needed",
        Message = "'{0}' needs '-p {1}' in the same rule",
        Explanation = "The test reads a header that only packets of this protocol have, so the rule must ask for the protocol.",
        Example = Filter("-A INPUT -m [|udp|] --dport 53 -j ACCEPT"),
        Corrected = Filter("-A INPUT -p udp -m udp --dport 53 -j ACCEPT"),
    };

    public static DiagnosticDescriptor OptionNeedsMatch { get; } = new("IPT2056", DiagnosticSeverity.Error)
    {
        Title = "Option without its match",
        Message = "Option '{0}' belongs to {1}, which this rule does not have before it",
        Explanation = "An option is known only behind the -m or -j that brings it; those of a protocol also behind its -p.",
        Example = Filter("-A INPUT [|--ctstate|] NEW -j ACCEPT"),
        Corrected = Filter("-A INPUT -m conntrack --ctstate NEW -j ACCEPT"),
    };

    public static DiagnosticDescriptor AmbiguousOption { get; } = new("IPT2057", DiagnosticSeverity.Error)
    {
        Title = "Abbreviation is ambiguous",
        Message = "Option '{0}' can mean {1}",
        Explanation = "A long option may be cut short only as far as it stays unique.",
        Example = Filter("-A INPUT -p tcp [|--s|] 22 -j ACCEPT"),
        Corrected = Filter("-A INPUT -p tcp --sport 22 -j ACCEPT"),
    };

    public static DiagnosticDescriptor UnexpectedArgument { get; } = new("IPT2058", DiagnosticSeverity.Error)
    {
        Title = "Argument not expected",
        Message = "'{0}' is not expected here: no option before it takes it{1}",
        Explanation = "Every word of a rule is an option or an option's value. Text with blanks needs double quotes.",
        Example = Filter("-A INPUT -p tcp [|udp|] -j ACCEPT"),
        Corrected = Filter("-A INPUT -p tcp -j ACCEPT"),
    };

    public static DiagnosticDescriptor WrongFamily { get; } = new("IPT2059", DiagnosticSeverity.Error)
    {
        Title = "Wrong family",
        Message = "'{0}' does not exist for {1}",
        Explanation = "Some matches, targets and options exist for one address family only.",
        Example = Filter("-A INPUT -m [|hl|] --hl-eq 64 -j ACCEPT"),
        Corrected = Filter("-A INPUT -m ttl --ttl-eq 64 -j ACCEPT"),
    };

    public static DiagnosticDescriptor NegatedEverything { get; } = new("IPT2060", DiagnosticSeverity.Error)
    {
        Title = "Nothing is left",
        Message = "'! {0} {1}' can match nothing",
        Explanation = "The value stands for every packet, so its opposite stands for none; the tools refuse that.",
        Example = Filter("-A INPUT ! -p [|all|] -j ACCEPT"),
        Corrected = Filter("-A INPUT ! -p tcp -j ACCEPT"),
    };

    public static DiagnosticDescriptor NoCommand { get; } = new("IPT2061", DiagnosticSeverity.Error)
    {
        Title = "Command missing",
        Message = "The line has no command: -A, -I, -N, -P and the like",
        Explanation = "A line of options in a dump adds a rule to a chain, and so begins with -A and the chain's name.",
        Example = Filter("[|-p tcp -j ACCEPT|]"),
        Corrected = Filter("-A INPUT -p tcp -j ACCEPT"),
    };

    public static DiagnosticDescriptor UnusableCommand { get; } = new("IPT2062", DiagnosticSeverity.Error)
    {
        Title = "Command not usable here",
        Message = "Command '{0}' cannot be carried out: {1}",
        Explanation = "The commands of iptables-restore input are taken as applied to empty tables, line by line.",
        Example = Filter("-A INPUT -j ACCEPT\n[|-I|] INPUT 5 -j DROP"),
        Corrected = Filter("-A INPUT -j ACCEPT\n-I INPUT 1 -j DROP"),
    };

    public static DiagnosticDescriptor InterfaceNotHere { get; } = new("IPT2063", DiagnosticSeverity.Error)
    {
        Title = "Hook has no such interface",
        Message = "'{0}' cannot be used in {1}, where packets have no {2} interface",
        Explanation = "A packet that leaves has no incoming interface any more, and one that has not been routed no outgoing one. "
            + "In chains of your own the option is accepted, and the interface is empty there.",
        Example = Filter("-A INPUT [|-o|] eth0 -j ACCEPT"),
        Corrected = Filter("-A INPUT -i eth0 -j ACCEPT"),
    };

    public static DiagnosticDescriptor NegatedList { get; } = new("IPT2064", DiagnosticSeverity.Error)
    {
        Title = "List cannot be negated",
        Message = "'! {0}' takes one address, not a list",
        Explanation = "A list of addresses stands for several rules, one for each address. A packet that one of them passes by "
            + "would be matched by the next, so the tools refuse the negation.",
        Example = Filter("-A INPUT ! -s [|10.0.0.1,10.0.0.2|] -j DROP"),
        Corrected = Filter("-A INPUT -m iprange ! --src-range 10.0.0.1-10.0.0.2 -j DROP"),
    };

    public static DiagnosticDescriptor OldNegation { get; } = new("IPT2065", DiagnosticSeverity.Warning)
    {
        Title = "Negation in its old place",
        Message = "'!' stands behind '{0}'; it is read as '! {0} {1}'",
        Explanation = "Until iptables 1.4.2 the '!' stood between an option and its value. Today's tools take it for the value, "
            + "and refuse the rule. The rule is read as it was meant; 'rulec format' prints it in today's form.",
        Example = Filter("-A INPUT -s [|!|] 10.0.0.1 -j DROP"),
        Corrected = Filter("-A INPUT ! -s 10.0.0.1 -j DROP"),
    };

    public static DiagnosticDescriptor OneDash { get; } = new("IPT2066", DiagnosticSeverity.Error)
    {
        Title = "Long option with one dash",
        Message = "'{0}' is read as '{1}' with the value '{2}'; the option is spelt '-{0}'",
        Explanation = "What stands behind one dash and a letter is that letter's value, without a blank: '-dport' asks for the "
            + "destination 'port'. Options of more than one letter have two dashes.",
        Example = Filter("-A INPUT -p tcp [|-dport|] 22 -j ACCEPT"),
        Corrected = Filter("-A INPUT -p tcp --dport 22 -j ACCEPT"),
    };

    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        MissingValue, NotNegatable, OptionTwice, MissingOption, ExclusiveOptions, NeedsProtocol, OptionNeedsMatch,
        AmbiguousOption, UnexpectedArgument, WrongFamily, NegatedEverything, NoCommand, UnusableCommand,
        InterfaceNotHere, NegatedList, OldNegation, OneDash,
    ];

    private static string Filter(string lines) => $"*filter\n:INPUT ACCEPT [0:0]\n{lines}\nCOMMIT\n";
}
