using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>A type of ipsets, such as <c>hash:ip,port</c>.</summary>
/// <param name="Parts">What its members are made of; a rule needs as many directions.</param>
/// <remarks>Source: ipset(8), SET TYPES.</remarks>
internal sealed record IpSetType(ImmutableArray<IpSetPart> Parts)
{
    private static readonly ImmutableArray<string> Names =
    [
        "bitmap:ip", "bitmap:ip,mac", "bitmap:port",
        "hash:ip", "hash:mac", "hash:ip,mac", "hash:net", "hash:net,net", "hash:ip,port", "hash:net,port",
        "hash:ip,port,ip", "hash:ip,port,net", "hash:net,port,net", "hash:ip,mark", "hash:net,iface",
        "list:set",
    ];

    /// <summary>The type of a name; null for an unknown one.</summary>
    public static IpSetType? Find(string name) => Names.Contains(name)
        ? new IpSetType([.. name[(name.IndexOf(':') + 1)..].Split(',').Select(PartOf)])
        : null;

    /// <summary><c>; did you mean 'hash:ip'?</c>, or nothing.</summary>
    public static string Suggest(string name) => Suggestion.For(name, Names);

    private static IpSetPart PartOf(string word) => word switch
    {
        "ip" or "net" => IpSetPart.Address,
        "port" => IpSetPart.Port,
        "iface" => IpSetPart.Interface,
        "mac" => IpSetPart.Mac,
        "mark" => IpSetPart.Mark,
        "set" => IpSetPart.Set,
        _ => throw new ArgumentOutOfRangeException(nameof(word)),
    };
}
