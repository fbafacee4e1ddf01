using CsCheck;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Printing a set of packets and reading it again gives that set, whatever the set.</summary>
internal sealed class SpacePrintingTests
{
    private const int Cases = 300;
    private const int CasesAField = 8;

    /// <summary>Fields that expressions say; groups, options and chunks are told apart by what rules ask.</summary>
    private static readonly PacketField[] Fields =
    [
        .. Enum.GetValues<PacketField>().Where(field => field is not (PacketField.Groups or PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh
            or PacketField.SctpChunksLow or PacketField.SctpChunksHigh or PacketField.IsReassembled or PacketField.SourceIsOfFrame)),
    ];

    [Test]
    public void Reading_what_was_printed_gives_the_same_packets() => Gen.Int.Sample(
        seed => Check(new Draw(seed)), iter: Cases);

    [Test]
    public void Every_field_alone_is_read_as_it_was_printed([ValueSource(nameof(Fields))] PacketField field)
    {
        for (var seed = 0; seed < CasesAField; seed++)
        {
            Check(new Draw(seed), field);
        }
    }

    [TestCase("* * -> * in * ctmark 0x0/0x1-0x2/0xfffffffe,none")]
    [TestCase("* * -> * in * ctmark 0x0/0x0-0x2,none")]
    [TestCase("* * -> * in * ctmark !0x2")]
    public void Is_printed_as_it_is(string text)
    {
        var space = new PrintedSpace(Family.IPv4, [Parse(text, Family.IPv4)], hasFragments: false);
        Assert.That(space.Print(space.BoxesOf([Parse(text, Family.IPv4)]) ?? []), Is.EqualTo(new[] { text }));
    }

    /// <summary>More values than a bit set holds: those of a region are several intervals of classes then.</summary>
    [TestCase(PacketField.Mark)]
    [TestCase(PacketField.ConnectionMark)]
    public void Some_of_many_marks_are_read_as_they_were_printed(PacketField field)
    {
        Condition[] asked = [.. Enumerable.Range(0, 100).Select(value => Condition.Field(field, FieldSet.Masked((uint)value, uint.MaxValue, 32)))];
        var space = new PrintedSpace(Family.IPv4, asked, hasFragments: false);
        foreach (var condition in (Condition[])[Condition.AnyOf([.. asked.Where((_, i) => i % 3 == 0)]), Condition.Not(Condition.AnyOf([.. asked.Where((_, i) => i % 3 == 0)]))])
        {
            var boxes = space.BoxesOf([condition]) ?? [];
            var read = space.Print(boxes).Select(text => Parse(text, Family.IPv4)).ToList();

            Assert.That(space.Without(boxes, space.BoxesOf(read) ?? []), Is.Null, "not read again");
            Assert.That(space.Without(space.BoxesOf(read) ?? [], boxes), Is.Null, "read, though not there");
        }
    }

    private static void Check(Draw draw, params PacketField[] fields)
    {
        var family = draw.Pick(Family.IPv4, Family.IPv6);
        var sets = new RandomSets(draw, family);
        Condition[] asked = [.. (fields.Length > 0 ? fields : draw.Some(draw.Between(1, 5), Fields)).SelectMany(field =>
            Enumerable.Range(0, draw.Between(1, 3)).Select(_ => Condition.Field(field, sets.Of(field))))];
        var hasFragments = draw.Chance(30);
        var space = new PrintedSpace(family, asked, hasFragments);
        var boxes = space.Draw(draw);
        var texts = space.Print(boxes);
        var read = texts.Select(text => Parse(text, family)).ToList();
        var told = space.With(read);
        if (told.BoxesOf(boxes.Select(box => space.ConditionOf([box]))) is not { } before || told.BoxesOf(read) is not { } after)
        {
            return; // marks of many masks
        }
        var printed = string.Join('\n', texts);
        Assert.That(told.Without(before, after), Is.Null, $"not read again:\n{printed}");
        Assert.That(told.Without(after, before), Is.Null, $"read, though not there:\n{printed}");
        foreach (var text in hasFragments ? [] : read.SelectMany(part => told.Print(told.BoxesOf([part]) ?? [])))
        {
            Assert.That(told.Print(told.BoxesOf([Parse(text, family)]) ?? []), Is.EqualTo(new[] { text }), $"printed otherwise: {text}");
        }
        foreach (var packet in Enumerable.Range(0, 20).Select(_ => told.Packet(draw)))
        {
            Assert.That(read.Exists(packet.Holds), Is.EqualTo(packet.Holds(space.ConditionOf(boxes))), printed);
        }
    }

    private static Condition Parse(string text, Family family)
    {
        var (space, problems) = SpaceExpression.Parse(SourceText.From(text));
        Assert.That(problems.Select(problem => problem.Message), Is.Empty, text);
        Assert.That(space?.Family ?? family, Is.EqualTo(family), text);
        return space?.Condition ?? Condition.Never;
    }
}
