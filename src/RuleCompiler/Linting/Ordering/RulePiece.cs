using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>A share of a ruleset's rules for one thread: several whole chains, or some rules of a long one.</summary>
/// <param name="FirstChain">Index of the first chain.</param>
/// <param name="EndChain">Index behind the last chain.</param>
/// <param name="FirstRule">1-based number of the first rule of each chain.</param>
/// <param name="EndRule">Number behind the last rule; a chain may have fewer.</param>
internal readonly record struct RulePiece(int FirstChain, int EndChain, int FirstRule, int EndRule)
{
    /// <summary>All rules, in their order: of generated dumps most chains are too short for a piece of their own.</summary>
    /// <param name="ruleset">The rules.</param>
    /// <param name="size">How many rules a piece has at most, unless they are of chains without rules.</param>
    public static ImmutableArray<RulePiece> Of(BoundRuleset ruleset, int size)
    {
        var pieces = ImmutableArray.CreateBuilder<RulePiece>();
        var (first, count) = (0, 0);
        for (var chain = 0; chain < ruleset.Chains.Length; chain++)
        {
            var length = ruleset.Chains[chain].Rules.Length;
            if (count > 0 && count + length > size)
            {
                Close(chain);
            }
            if (length > size)
            {
                for (var rule = 1; rule <= length; rule += size)
                {
                    pieces.Add(new RulePiece(chain, chain + 1, rule, Math.Min(length + 1, rule + size)));
                }
                first = chain + 1;
                continue;
            }
            count += length;
        }
        Close(ruleset.Chains.Length);
        return pieces.DrainToImmutable();

        void Close(int end)
        {
            if (count > 0)
            {
                pieces.Add(new RulePiece(first, end, 1, size + 1));
            }
            (first, count) = (end, 0);
        }
    }

    /// <summary>Its rules.</summary>
    /// <param name="ruleset">The rules that it is a share of.</param>
    public IEnumerable<RuleKey> Rules(BoundRuleset ruleset)
    {
        for (var chain = FirstChain; chain < EndChain; chain++)
        {
            var end = Math.Min(EndRule, ruleset.Chains[chain].Rules.Length + 1);
            for (var rule = FirstRule; rule < end; rule++)
            {
                yield return new RuleKey(chain, rule);
            }
        }
    }
}
