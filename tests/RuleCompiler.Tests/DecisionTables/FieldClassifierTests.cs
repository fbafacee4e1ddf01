using CsCheck;
using NUnit.Framework;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Tests.DecisionTables;

internal sealed class FieldClassifierTests
{
    [Test]
    public void Class_is_the_number_of_starts_up_to_the_value() =>
        Gen.Select(Gen.Int[1, 40].Array[0, 12], Gen.Int[0, 45]).Sample((drawn, value) =>
        {
            var starts = drawn.Distinct().Order().Select(start => (UInt128)start).ToArray();
            return new FieldClassifier(starts).Classify((UInt128)value) == starts.Count(start => start <= (UInt128)value);
        });

    [Test]
    public void Values_beyond_all_starts_are_of_the_last_class()
    {
        var classifier = new FieldClassifier([1, UInt128.MaxValue]);

        Assert.Multiple(() =>
        {
            Assert.That(classifier.ClassCount, Is.EqualTo(3));
            Assert.That(classifier.Classify(0), Is.Zero);
            Assert.That(classifier.Classify(UInt128.MaxValue - 1), Is.EqualTo(1));
            Assert.That(classifier.Classify(UInt128.MaxValue), Is.EqualTo(2));
        });
    }

    [Test]
    public void Without_starts_all_values_are_of_one_class() =>
        Assert.That(new FieldClassifier([]).Classify(UInt128.MaxValue), Is.Zero);
}
