using NUnit.Framework;
using RuleCompiler.Tests.Oracles.SmallDomain;

namespace RuleCompiler.Tests.PacketSpaces;

internal sealed class SpaceRulesetTests
{
    private const int DumpCount = 60;

    [Test]
    public void A_packet_is_in_one_box_of_each_rule_whose_options_hold_and_in_none_of_others([Range(1, DumpCount)] int seed)
    {
        var space = SmallSpace.Of(seed);
        foreach (var chain in space.Dump.Chains)
        {
            var rows = space.Find(chain).Rows.ToLookup(row => row.RuleNumber);
            for (var index = 0; index < chain.Rules.Length; index++)
            {
                var rule = chain.Rules[index];
                foreach (var packet in SmallPackets.Anywhere(rule.Fields))
                {
                    var point = SmallPoint.Of(space.Layout, packet);
                    var boxes = rows[index + 1].Count(row => SmallPoint.IsIn(space.Layout, point, space.Rules.TestsOf(row).ToArray()));
                    Assert.That(boxes, Is.EqualTo(rule.Tests.All(test => test.Holds(packet)) ? 1 : 0), () => $"{packet.Expression}\n{rule.Text}");
                }
            }
        }
    }

    [Test]
    public void A_packet_that_can_be_at_a_hook_is_in_one_of_its_boxes([Range(1, DumpCount)] int seed)
    {
        var space = SmallSpace.Of(seed);
        foreach (var hook in space.Dump.Hooks)
        {
            foreach (var (packet, point) in space.At(hook))
            {
                Assert.That(space.Entries.At(hook).Count(box => SmallPoint.IsIn(space.Layout, point, box)), Is.EqualTo(1), () => packet.Expression);
            }
        }
    }
}
