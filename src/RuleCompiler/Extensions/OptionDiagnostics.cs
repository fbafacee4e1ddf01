using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Extensions;

/// <summary>What can be wrong with an option's value: <c>IPT2011</c> to <c>IPT2029</c>.</summary>
internal static class OptionDiagnostics
{
    public static DiagnosticDescriptor BadNumber { get; } = new("IPT2011", DiagnosticSeverity.Error)
    {
        Title = "Number expected",
        Message = "'{0}' is not a whole number from {1} to {2}",
        Explanation = "The option takes a number: decimal, or hexadecimal with 0x, or octal with a leading 0.",
        Example = Rule("-m owner --uid-owner [|-1|] -j ACCEPT"),
        Corrected = Rule("-m owner --uid-owner 1 -j ACCEPT"),
    };

    public static DiagnosticDescriptor BackwardRange { get; } = new("IPT2012", DiagnosticSeverity.Error)
    {
        Title = "Range runs backwards",
        Message = "Range '{0}' runs backwards",
        Explanation = "The first number of a range must not be above the second.",
        Example = Rule("-m owner --uid-owner [|2000-1000|] -j ACCEPT"),
        Corrected = Rule("-m owner --uid-owner 1000-2000 -j ACCEPT"),
    };

    public static DiagnosticDescriptor BadPort { get; } = new("IPT2013", DiagnosticSeverity.Error)
    {
        Title = "Port expected",
        Message = "'{0}' is neither a port from 0 to 65535 nor a service that is known here{1}",
        Explanation = "Ports are numbers, or names of common services. Other names stand in a machine's own database "
            + "(/etc/services), which a dump never needs: iptables-save prints numbers.",
        Example = Rule("-p tcp -m tcp --dport [|65536|] -j ACCEPT"),
        Corrected = Rule("-p tcp -m tcp --dport 65535 -j ACCEPT"),
    };

    public static DiagnosticDescriptor BadAddress { get; } = new("IPT2014", DiagnosticSeverity.Error)
    {
        Title = "Address expected",
        Message = "'{0}' is no {1} address",
        Explanation = "An address of the section's family is needed. Host names are resolved once, when a rule is loaded, "
            + "so a dump never holds one; write the address.",
        Example = Rule("-s [|10.0.0.256|] -j ACCEPT"),
        Corrected = Rule("-s 10.0.0.255 -j ACCEPT"),
    };

    public static DiagnosticDescriptor BadMask { get; } = new("IPT2015", DiagnosticSeverity.Error)
    {
        Title = "Mask expected",
        Message = "'{0}' is neither a prefix length from 0 to {1} nor a mask",
        Explanation = "Behind the slash stands a prefix length, or a mask in the form of an address; a mask may have holes.",
        Example = Rule("-s [|10.0.0.0/33|] -j ACCEPT"),
        Corrected = Rule("-s 10.0.0.0/24 -j ACCEPT"),
    };

    public static DiagnosticDescriptor UnknownKeyword { get; } = new("IPT2016", DiagnosticSeverity.Error)
    {
        Title = "Unknown word",
        Message = "'{0}' is none of {1}",
        Explanation = "The option takes one of a fixed list of words, or several with commas between.",
        Example = Rule("-m conntrack --ctstate [|NEWISH|] -j ACCEPT"),
        Corrected = Rule("-m conntrack --ctstate NEW -j ACCEPT"),
    };

    public static DiagnosticDescriptor UnknownProtocol { get; } = new("IPT2017", DiagnosticSeverity.Error)
    {
        Title = "Unknown protocol",
        Message = "'{0}' is neither a protocol number from 0 to 255 nor a protocol that is known here{1}",
        Explanation = "Protocols are numbers or names such as tcp, udp, icmp.",
        Example = Rule("-p [|tpc|] -j ACCEPT"),
        Corrected = Rule("-p tcp -j ACCEPT"),
    };

    public static DiagnosticDescriptor BadInterface { get; } = new("IPT2018", DiagnosticSeverity.Error)
    {
        Title = "Interface name too long",
        Message = "Interface name '{0}' has {1} bytes; at most 15 are possible",
        Explanation = "The kernel keeps interface names in 16 bytes, a final zero included (IFNAMSIZ).",
        Example = Rule("-o [|averylonginterfacename|] -j ACCEPT"),
        Corrected = Rule("-o short0 -j ACCEPT"),
    };

    public static DiagnosticDescriptor TextTooLong { get; } = new("IPT2019", DiagnosticSeverity.Error)
    {
        Title = "Text too long",
        Message = "The text has {0} bytes; at most {1} are possible",
        Explanation = "The kernel's structure for this option has a fixed size; the tools refuse longer text.",
        Example = Rule("-j SET --add-set [|addresses-that-are-blocked-for-a-week|] src"),
        Corrected = Rule("-j SET --add-set blocked-for-a-week src"),
    };

    public static DiagnosticDescriptor BadValue { get; } = new("IPT2020", DiagnosticSeverity.Error)
    {
        Title = "Value not understood",
        Message = "'{0}' is not {1}",
        Explanation = "The option's value has a form of its own; the message names it.",
        Example = Rule("-m limit --limit [|often|] -j ACCEPT"),
        Corrected = Rule("-m limit --limit 5/min -j ACCEPT"),
    };

    public static DiagnosticDescriptor LocalName { get; } = new("IPT2021", DiagnosticSeverity.Error)
    {
        Title = "Name of another machine's database",
        Message = "'{0}' is a name that only the machine's own database can turn into a number",
        Explanation = "User and group names are looked up on the machine that loads the rules. iptables-save prints numbers: "
            + "write the number.",
        Example = Rule("-m owner --uid-owner [|envoy|] -j ACCEPT"),
        Corrected = Rule("-m owner --uid-owner 1337 -j ACCEPT"),
    };

    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        BadNumber, BackwardRange, BadPort, BadAddress, BadMask, UnknownKeyword, UnknownProtocol, BadInterface,
        TextTooLong, BadValue, LocalName,
    ];

    private static string Rule(string rule) => $"*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT {rule}\nCOMMIT\n";
}
