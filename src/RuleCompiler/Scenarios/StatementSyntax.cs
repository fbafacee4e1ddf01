using System.Collections.Immutable;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>One line of a scenario file that says something.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Keyword">The word it begins with; of a claim's condition, the test's.</param>
/// <param name="Words">The words behind the keyword, as far as they are there: a file's path, a name.</param>
internal sealed record StatementSyntax(StatementKind Kind, Word Keyword, ImmutableArray<Word> Words)
{
    /// <summary>Of <see cref="StatementKind.Packet"/> and <see cref="StatementKind.Space"/>: where the expression stands.</summary>
    public TextSpan Expression { get; init; }

    /// <summary>Of <see cref="StatementKind.Expect"/> and <see cref="StatementKind.Condition"/>: the condition.</summary>
    public ConditionSyntax? Condition { get; init; }

    /// <summary>Whether an expectation is met by one packet and outcome alone.</summary>
    public bool IsMaybe { get; init; }
}
