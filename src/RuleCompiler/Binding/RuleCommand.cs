using System.Collections.Immutable;

namespace RuleCompiler.Binding;

/// <summary>A line of options, understood but not yet carried out.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="CommandToken">The token of the command, for diagnostics.</param>
/// <param name="ChainToken">The token that names the chain; null where the command is for all chains.</param>
/// <param name="ChainOffset">Where in that token the name begins: not 0 in <c>-AINPUT</c>.</param>
/// <param name="Position">For insertion, replacement, deletion: the 1-based rule number, 1 where none is given.</param>
/// <param name="ValueToken">For a policy or a new name: its token.</param>
/// <param name="Rules">The rules it makes: one, or several for lists of addresses.</param>
internal readonly record struct RuleCommand(
    RuleCommandKind Kind,
    int CommandToken,
    int? ChainToken,
    int ChainOffset,
    int Position,
    int? ValueToken,
    ImmutableArray<BoundRule> Rules);
