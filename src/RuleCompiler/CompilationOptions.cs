using RuleCompiler.Netfilter;

namespace RuleCompiler;

/// <summary>What is known of a dump from outside.</summary>
public sealed record CompilationOptions
{
    /// <summary>The family of all sections; null: each section tells.</summary>
    public Family? Family { get; init; }

    /// <summary>The flavour where the header does not tell; null is nft.</summary>
    public Flavour? Flavour { get; init; }

    /// <summary>The table of rules that do not name theirs (<c>iptables -S</c> output); null is filter.</summary>
    public TableKind? Table { get; init; }
}
