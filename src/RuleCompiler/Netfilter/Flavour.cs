namespace RuleCompiler.Netfilter;

/// <summary>Which kernel back end the rules live in; they differ in the order of two tables and in some checks.</summary>
public enum Flavour
{
    /// <summary>nf_tables: <c>iptables-nft</c>.</summary>
    Nft,

    /// <summary>x_tables: <c>iptables-legacy</c>.</summary>
    Legacy,
}
