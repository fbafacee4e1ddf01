namespace RuleCompiler.Netfilter;

/// <summary>The five tables that iptables knows.</summary>
public enum TableKind
{
    /// <summary>Before connection tracking.</summary>
    Raw,

    /// <summary>Changes of headers and marks.</summary>
    Mangle,

    /// <summary>Address translation, asked once per connection.</summary>
    Nat,

    /// <summary>Filtering.</summary>
    Filter,

    /// <summary>Mandatory access control marks.</summary>
    Security,
}
