using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions;
using RuleCompiler.Lowering;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Evaluation;

/// <summary>Finds the option of a rule that a packet failed, and says why, while the packet is still as it was then.</summary>
/// <remarks>
/// Rows know predicates only. The option is the one that, lowered by itself, gives the predicate that failed; where
/// an extension joins several options into one condition, it is the match as a whole.
/// </remarks>
internal sealed class FailedTestFinder(BoundRuleset bound, CompiledRuleset rules, PacketState state, RowTester tester)
{
    /// <returns>The option of <paramref name="failedReference"/>, and all others that fail besides.</returns>
    public FailedTest? Find(ChainSymbol chain, in Row row, int failedReference)
    {
        if (FindOne(chain, row, failedReference) is not { } first)
        {
            return null;
        }
        var others = ImmutableArray.CreateBuilder<FailedTest>();
        foreach (var reference in tester.FailingReferences(row))
        {
            if (FindOne(chain, row, reference) is { } other && other.Location.Span != first.Location.Span)
            {
                others.Add(other);
            }
        }
        return first with { Others = others.DrainToImmutable() };
    }

    private FailedTest? FindOne(ChainSymbol chain, in Row row, int failedReference)
    {
        var predicate = rules.Predicates[failedReference >> 1];
        var failed = (predicate.Condition, IsNegated: (failedReference & 1) != 0);
        var rule = bound.Chains[chain.Index].Rules[row.RuleNumber - 1];
        foreach (var match in rule.Matches)
        {
            if (Gives(match, failed))
            {
                var option = FindOption(match, failed);
                return new FailedTest(
                    option is { } found ? OptionText(found) : $"-m {match.Extension.Name} {match.OptionText}".TrimEnd(),
                    new Location(bound.Tree.Text, bound.Tree.Tokens.GetSpan(option?.Token ?? match.NameToken)),
                    PacketReason.Describe(state, predicate.Condition, failed.IsNegated, rules.Family),
                    []);
            }
        }
        return rule.UnknownOptions.FirstOrDefault(unknown => IsOf(unknown, predicate.Condition)) is { } unknownOption
            ? new FailedTest(
                unknownOption.Name.StartsWith('-') ? unknownOption.Text : $"-m {unknownOption.Text}",
                new Location(bound.Tree.Text, bound.Tree.Tokens.GetSpan(unknownOption.Token)),
                PacketReason.AssumedNot,
                [])
            : null;
    }

    private static BoundOption? FindOption(BoundMatch match, (Condition Atom, bool IsNegated) failed)
    {
        if (match.Options is [var only])
        {
            return only;
        }
        foreach (var option in match.Options)
        {
            if (Gives(new BoundMatch(match.Extension, match.Context, match.NameToken, [option]), failed))
            {
                return option;
            }
        }
        return null;
    }

    /// <summary>Whether a match asks for a condition, alone or among others that must hold.</summary>
    private static bool Gives(BoundMatch match, (Condition Atom, bool IsNegated) failed) => match.Extension.Lower(match) switch
    {
        Condition.AllOfCondition all => all.Parts.Any(part => Is(part, failed)),
        var one => Is(one, failed),
    };

    private static bool Is(Condition condition, (Condition Atom, bool IsNegated) failed)
    {
        var (atom, isNegated) = InternPredicates.Normalize(condition);
        return isNegated == failed.IsNegated && ConditionComparer.Instance.Equals(atom, failed.Atom);
    }

    private static bool IsOf(UnknownOption option, Condition failed) =>
        failed is Condition.UnknownCondition unknown && unknown.Text == option.Text;

    private static string OptionText(BoundOption option)
    {
        var writer = new RuleTextWriter();
        option.Spec.Write(option.Value, option.IsNegated, writer);
        return writer.ToString();
    }
}
