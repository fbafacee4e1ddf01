using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;

namespace RuleCompiler.Extensions;

/// <summary>What an extension may know of the rule that uses it.</summary>
internal sealed class RuleContext
{
    public required SyntaxTree Tree { get; init; }

    public required Family Family { get; init; }

    public required Flavour Flavour { get; init; }

    public required TableKind Table { get; init; }

    /// <summary>The protocol of <c>-p</c>; 0 where there is none, or <c>all</c>.</summary>
    public byte Protocol { get; set; }

    /// <summary>Whether it is <c>! -p</c>.</summary>
    public bool IsProtocolNegated { get; set; }

    /// <summary>Whether a test of the rule asks for TCP's SYN flag to be set.</summary>
    public bool AsksForSyn { get; set; }

    /// <summary>Whether <c>-p</c> limits the rule to a protocol.</summary>
    public bool IsOnly(byte protocol) => Protocol == protocol && !IsProtocolNegated;
}
