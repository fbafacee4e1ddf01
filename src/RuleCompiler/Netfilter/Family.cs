namespace RuleCompiler.Netfilter;

/// <summary>Address family of a ruleset; it is per section of a dump.</summary>
public enum Family
{
    /// <summary>IPv4: <c>iptables</c>.</summary>
    IPv4,

    /// <summary>IPv6: <c>ip6tables</c>.</summary>
    IPv6,
}
