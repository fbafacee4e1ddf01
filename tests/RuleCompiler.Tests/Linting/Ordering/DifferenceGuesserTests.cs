using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class DifferenceGuesserTests
{
    private const int RuleCount = 300;

    [Test]
    public void Guesses_are_packets_that_the_next_rule_with_another_action_would_get()
    {
        // Each network is also in that of the next rule, which does something else.
        var (rules, chain) = Chain(i => $"-s 10.{i / 128}.{4 * (i / 2 % 64)}.0/{(i % 2 == 0 ? 23 : 22)} -j {(i % 2 == 0 ? "ACCEPT" : "DROP")}");
        var guesses = 0;
        foreach (var rule in Enumerable.Range(1, RuleCount))
        {
            foreach (var point in Guess(rules, chain, rule))
            {
                guesses++;
                var matching = Matching(rules, chain, point);
                Assert.That(matching[0], Is.EqualTo(rule));
                Assert.That(chain.Rows[matching[1] - 1].Kind, Is.Not.EqualTo(chain.Rows[rule - 1].Kind));
            }
        }
        Assert.That(guesses, Is.GreaterThan(RuleCount / 4));
    }

    [Test]
    public void Nothing_is_guessed_where_all_rules_do_the_same() =>
        Assert.That(Guess(Chain(i => $"-s 10.0.{i % 256}.0/23 -j DROP"), 7), Is.Empty);

    [Test]
    public void Nothing_is_guessed_for_a_rule_that_another_takes_everything_from() =>
        Assert.That(Guess(Chain(i => i == 0 ? "-s 10.0.0.0/8 -j DROP" : $"-s 10.0.{i % 256}.0/24 -j {(i % 2 == 0 ? "ACCEPT" : "RETURN")}"), 7), Is.Empty);

    [Test]
    public void Nothing_is_guessed_in_a_short_chain() =>
        Assert.That(Guess(Chain(i => $"-s 10.0.0.0/8 -j {(i == 0 ? "ACCEPT" : "DROP")}", ruleCount: 100), 1), Is.Empty);

    private static List<ulong[]> Guess((SpaceRuleset Rules, SpaceChain Chain) made, int rule) => Guess(made.Rules, made.Chain, rule);

    private static List<ulong[]> Guess(SpaceRuleset rules, SpaceChain chain, int rule)
    {
        var box = Boxes.Common(
            new EntrySpace(rules.Layout, hasFragments: false).At(Hook.Forward)[0], rules.TestsOf(chain.Rows[rule - 1]), rules.Layout.NarrowCount);
        return [.. new DifferenceGuesser(rules).Guess(chain, rule, box).Select(point => (ulong[])point.Clone())];
    }

    private static List<int> Matching(SpaceRuleset rules, SpaceChain chain, ulong[] point) =>
    [
        .. chain.Rows.Where(row => rules.TestsOf(row).ToArray().All(test =>
            Boxes.Meet(point[test.Dimension], test.Code, test.Dimension < rules.Layout.NarrowCount) != Boxes.Nothing)).Select(row => row.RuleNumber),
    ];

    private static (SpaceRuleset Rules, SpaceChain Chain) Chain(Func<int, string> rule, int ruleCount = RuleCount)
    {
        var lines = Enumerable.Range(0, ruleCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"-A FORWARD {rule(i)}"));
        var compilation = Linted.Compile($"*filter\n:FORWARD ACCEPT [0:0]\n{string.Join('\n', lines)}\nCOMMIT\n");
        var tables = compilation.GetTables(Family.IPv4) ?? throw new InvalidOperationException("no rules");
        var rules = new SpaceRuleset(tables, SpaceLayout.Of(tables), new UnknownTable());
        return (rules, rules.Chains[0]);
    }
}
