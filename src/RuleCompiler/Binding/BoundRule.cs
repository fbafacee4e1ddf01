using System.Collections.Immutable;
using RuleCompiler.Extensions;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>A rule with its words resolved.</summary>
internal sealed class BoundRule
{
    /// <summary>1-based number in its chain; set when the commands of its table are carried out.</summary>
    public int Number { get; set; }

    /// <summary>1-based line of the input.</summary>
    public required int Line { get; init; }

    /// <summary>The rule's text in the input; counters, program and line break aside.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>Its matches in the order given; the built-in tests first, where it has any.</summary>
    public required ImmutableArray<BoundMatch> Matches { get; init; }

    /// <summary>Its target; null for a rule without one, a jump, a goto, or an unknown target.</summary>
    public BoundTarget? Target { get; init; }

    /// <summary>The chain it jumps or goes to; another one once that chain is renamed.</summary>
    public ChainSymbol? Callee { get; set; }

    /// <summary>Whether <see cref="Callee"/> came with <c>-g</c>.</summary>
    public bool IsGoto { get; init; }

    /// <summary>Index of the token that names target or chain; meaningless where the rule has neither.</summary>
    public int JumpToken { get; init; }

    /// <summary>Packets and bytes given with <c>-c</c>, as <c>[12:3400]</c>; those before the rule stand in its line.</summary>
    public string? Counters { get; init; }

    /// <summary>Name of a target that the compiler does not know.</summary>
    public string? UnknownTarget { get; init; }

    /// <summary>The options of <see cref="UnknownTarget"/> as written, a blank before them; empty where there are none.</summary>
    public string UnknownTargetOptions { get; init; } = "";

    /// <summary>Names and option texts of matches, and options, that the compiler does not know: all of them unknowns.</summary>
    public ImmutableArray<UnknownOption> UnknownOptions { get; init; } = [];
}
