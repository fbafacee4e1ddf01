using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class UnknownsTests
{
    private static readonly RuleSymbol Rule1 = new(new ChainSymbol("INPUT", 0, TableKind.Filter, Hook.Input), 1);
    private static readonly RuleSymbol Rule2 = Rule1 with { RuleNumber = 2 };

    [Test]
    public void Outcomes_come_depth_first_and_matches_before_does_not_match()
    {
        var unknowns = new Unknowns();
        unknowns.Start([]);
        var outcomes = new List<string>();
        do
        {
            outcomes.Add(unknowns.Choose("limit", Rule1, isPositive: true) ? "yes" : $"no, {unknowns.ChooseAction("FOO", Rule2)}");
        }
        while (unknowns.MoveNext());

        Assert.That(outcomes, Is.EqualTo(new[] { "yes", "no, continue", "no, accept", "no, drop" }));
    }

    [Test]
    public void Stateless_unknown_has_one_value_a_packet()
    {
        var unknowns = new Unknowns();
        unknowns.Start([]);
        do
        {
            var first = unknowns.ChooseOnce("string x", "string", Rule1, isPositive: true);
            Assert.That(unknowns.ChooseOnce("string x", "string", Rule2, isPositive: false), Is.EqualTo(first));
            Assert.That(unknowns.Assumptions, Has.Count.EqualTo(1));
        }
        while (unknowns.MoveNext());
    }

    [Test]
    public void Assumption_speaks_of_the_match_and_not_of_what_it_negates()
    {
        var unknowns = new Unknowns();
        unknowns.Start([]);

        Assert.That(unknowns.Choose("set", Rule1, isPositive: false), Is.False);
        Assert.That(unknowns.Assumptions[0].ToString(), Is.EqualTo("set at filter:INPUT:1 matches"));
    }

    [Test]
    public void Fixed_assumption_leaves_no_choice()
    {
        var unknowns = new Unknowns();
        unknowns.Start([new Assumption("limit", "filter:INPUT:1", Holds: false)]);

        Assert.That(unknowns.Choose("limit", Rule1, isPositive: true), Is.False);
        Assert.That(unknowns.MoveNext(), Is.False);
    }
}
