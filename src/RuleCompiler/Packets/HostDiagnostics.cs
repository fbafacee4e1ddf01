using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Packets;

/// <summary>What can be wrong with a file of host facts.</summary>
internal static class HostDiagnostics
{
    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All =>
        [NotJson, WrongType, UnknownField, BadHostValue, MissingField, BadSetMember, RepeatedName, UnknownInterface];

    public static DiagnosticDescriptor NotJson { get; } = new("IPT5101", DiagnosticSeverity.Error)
    {
        Title = "Not JSON",
        Message = "Not JSON: {0}",
        Explanation = """
            A host is described in JSON: an object with interfaces, routes, rules, sets, sockets, processes. Comments and a
            comma behind the last item are allowed.
            """,
        Example = """{ "interfaces": [{ "name": "eth0" [|"|]addresses": [] }] }""",
        Corrected = """{ "interfaces": [{ "name": "eth0", "addresses": [] }] }""",
    };

    public static DiagnosticDescriptor WrongType { get; } = new("IPT5102", DiagnosticSeverity.Error)
    {
        Title = "Value of the wrong type",
        Message = "'{0}' needs {1}",
        Explanation = "Addresses and names are texts, lists are lists even of one item, ports are numbers.",
        Example = """{ "interfaces": [{ "name": "eth0", "addresses": [|"10.0.0.1/24"|] }] }""",
        Corrected = """{ "interfaces": [{ "name": "eth0", "addresses": ["10.0.0.1/24"] }] }""",
    };

    public static DiagnosticDescriptor UnknownField { get; } = new("IPT5103", DiagnosticSeverity.Warning)
    {
        Title = "Unknown field of a host",
        Message = "'{0}' is no field of {1} and is ignored{2}",
        Explanation = """
            A host has interfaces, routes, rules, sets, sockets, processes, forwarding and conntrack. What it says
            elsewhere changes no result.
            """,
        Example = """{ "interfaces": [{ "name": "eth0", [|"address"|]: "10.0.0.1/24" }] }""",
        Corrected = """{ "interfaces": [{ "name": "eth0", "addresses": ["10.0.0.1/24"] }] }""",
    };

    public static DiagnosticDescriptor BadHostValue { get; } = new("IPT5104", DiagnosticSeverity.Error)
    {
        Title = "Value that the field cannot have",
        Message = "'{1}' is not what '{0}' needs: {2}",
        Explanation = "Addresses are written as 'ip addr' prints them, networks as 'ip route' does, marks as '0x1' or '0x1/0xff'.",
        Example = """{ "interfaces": [{ "name": "eth0", "addresses": [[|"10.0.0.1/33"|]] }] }""",
        Corrected = """{ "interfaces": [{ "name": "eth0", "addresses": ["10.0.0.1/32"] }] }""",
    };

    public static DiagnosticDescriptor MissingField { get; } = new("IPT5105", DiagnosticSeverity.Error)
    {
        Title = "Missing field",
        Message = "{0} needs '{1}'",
        Explanation = "The object says nothing without this field.",
        Example = """{ "sets": [[|{|] "name": "allowed", "members": [] }] }""",
        Corrected = """{ "sets": [{ "name": "allowed", "type": "hash:ip", "members": [] }] }""",
    };

    public static DiagnosticDescriptor BadSetMember { get; } = new("IPT5106", DiagnosticSeverity.Error)
    {
        Title = "Not a member of such a set",
        Message = "'{0}' cannot be in a set of type {1}",
        Explanation = "Members are written as 'ipset save' prints them: '10.0.0.1,tcp:80' in a hash:ip,port, '10.0.0.0/8 nomatch' in a hash:net.",
        Example = """{ "sets": [{ "name": "allowed", "type": "hash:ip,port", "members": [[|"10.0.0.1"|]] }] }""",
        Corrected = """{ "sets": [{ "name": "allowed", "type": "hash:ip,port", "members": ["10.0.0.1,tcp:80"] }] }""",
    };

    public static DiagnosticDescriptor RepeatedName { get; } = new("IPT5107", DiagnosticSeverity.Error)
    {
        Title = "Name given twice",
        Message = "'{0}' is given twice",
        Explanation = "Interfaces and sets have names of their own, and an object has each field once.",
        Example = """{ "interfaces": [{ "name": "eth0" }, { "name": [|"eth0"|] }] }""",
        Corrected = """{ "interfaces": [{ "name": "eth0" }, { "name": "eth1" }] }""",
    };

    public static DiagnosticDescriptor UnknownInterface { get; } = new("IPT5108", DiagnosticSeverity.Warning)
    {
        Title = "Route out of an unknown interface",
        Message = "The host has no interface '{0}'",
        Explanation = "A route leads out of an interface that is not among the interfaces, which may be a typing error.",
        Example = """{ "interfaces": [{ "name": "eth0" }], "routes": [{ "destination": "default", "interface": [|"eth1"|] }] }""",
        Corrected = """{ "interfaces": [{ "name": "eth0" }], "routes": [{ "destination": "default", "interface": "eth0" }] }""",
    };
}
