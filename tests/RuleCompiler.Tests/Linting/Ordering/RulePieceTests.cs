using CsCheck;
using NUnit.Framework;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class RulePieceTests
{
    /// <remarks>Chains without rules, short ones and longer ones than a piece.</remarks>
    [Test]
    public void Pieces_have_each_rule_once_in_order_and_are_no_larger_than_asked() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 12], Gen.Int[1, 6]).Sample((lengths, size) =>
        {
            var rules = Enumerable.Range(0, lengths.Length).SelectMany(chain => Enumerable.Repeat($"-A C{chain} -j RETURN\n", lengths[chain]));
            var chains = Enumerable.Range(0, lengths.Length).Select(chain => $":C{chain} - [0:0]\n");
            var ruleset = Linted.Compile($"*filter\n{string.Concat(chains)}{string.Concat(rules)}COMMIT\n").GetRuleset(Family.IPv4)!;
            var pieces = RulePiece.Of(ruleset, size);
            return pieces.SelectMany(piece => piece.Rules(ruleset)).SequenceEqual(
                    ruleset.Chains.SelectMany(chain => chain.Rules.Select(rule => new RuleKey(chain.Symbol.Index, rule.Number))))
                && pieces.All(piece => piece.Rules(ruleset).Count() is var count && count > 0 && count <= size);
        });
}
