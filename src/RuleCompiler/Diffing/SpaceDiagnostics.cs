using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Diffing;

/// <summary>What can be wrong with a space that reads well, once the rules are known.</summary>
internal static class SpaceDiagnostics
{
    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => [UnaskedFact];

    public static DiagnosticDescriptor UnaskedFact { get; } = new("IPT5017", DiagnosticSeverity.Warning)
    {
        Title = "Clause that no rule asks for",
        Message = "No rule asks for '{0} {1}', so that it limits nothing{2}",
        Explanation = """
            Sets, option texts, groups, TCP options, SCTP chunks and extension headers limit a space by what rules ask for:
            the rules must name the same set, group, option, chunk or header, and a 'match' has the text of a rule's match as
            'rulec format' prints it. Where none does, packets with it and without it are treated alike.
            """,
        Example = """
            * * -> * in * in-set [|blockd|]
            """,
        Corrected = """
            * * -> * in * in-set blocked
            """,
    };
}
