using NUnit.Framework;
using RuleCompiler.Lowering;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Lowering;

internal sealed class AssignClassesTests
{
    [Test]
    public void Values_are_cut_where_a_set_begins_or_ends()
    {
        var state = LoweredDump.After(
            AssignClasses.Run,
            "-A INPUT -m mark --mark 1\n-A INPUT -m length --length 0:100\n-A INPUT -m length --length 50:65535\n-A INPUT -m length --length 60:70");

        Assert.Multiple(() =>
        {
            Assert.That(state.Classifiers[(int)PacketField.Mark]?.ClassCount, Is.EqualTo(3));
            Assert.That(
                new[] { 0, 49, 50, 59, 60, 70, 71, 100, 101, 65535 }.Select(v => state.Classifiers[(int)PacketField.Length]?.Classify((UInt128)v)),
                Is.EqualTo(new[] { 0, 0, 1, 1, 2, 2, 3, 3, 4, 4 }));
            Assert.That(state.Classifiers[(int)PacketField.Ttl], Is.Null);
        });
    }

    [TestCase("-m length --length 60:70", ExpectedResult = "1 to 1")]
    [TestCase("-m length --length 60:65535", ExpectedResult = "1 to 1")]
    [TestCase("-s 10.0.0.0/8", ExpectedResult = "1 to 1")]
    [TestCase("-s 10.0.0.1/255.0.0.255", ExpectedResult = "asked")]
    [TestCase("-m limit --limit 5/min", ExpectedResult = "asked")]
    public string One_run_of_values_is_a_run_of_classes(string options)
    {
        var predicate = LoweredDump.After(AssignClasses.Run, $"-A INPUT {options}").Predicates[0];
        return predicate.IsClassified ? $"{predicate.LowClass} to {predicate.HighClass}" : "asked";
    }
}
