using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.PacketSpaces;

/// <summary>Boxes carried through a hook against its packets sent one by one.</summary>
internal sealed class CellWalkerTests
{
    private const int DumpCount = 60;
    private const long Steps = 10_000_000;

    [Test]
    public void Every_packet_is_in_one_cell_and_has_become_what_the_cell_says([Range(1, DumpCount)] int seed)
    {
        var space = SmallSpace.Of(seed);
        var machine = new SmallMachine(new SmallChoices());
        foreach (var hook in space.Dump.Hooks)
        {
            var cells = CellsOf(space, hook);
            foreach (var (packet, point) in space.At(hook))
            {
                var own = cells.FindAll(cell => SmallPoint.IsIn(space.Layout, point, cell.Box));
                Assert.That(own, Has.Count.EqualTo(1), () => packet.Expression);
                var outcome = machine.Run(space.Dump, packet);
                Assert.That(Name(own[0].Verdict), Is.EqualTo(outcome.Verdict.Split(' ').First(word => word != "-j").ToLowerInvariant()));
                foreach (var (dimension, value) in ValuesAfter(space.Layout, packet, outcome))
                {
                    Assert.That(ClassAfter(own[0], point, dimension), Is.EqualTo(dimension.ClassOf(value)).Or.Null, () => $"{dimension.Field} of {packet.Expression}\n{space.Dump}");
                }
            }
        }
    }

    /// <summary>Of a long chain only the rows that packets meet are looked at: those they meet once a rule has marked them.</summary>
    [TestCase("-A FORWARD -j MARK --set-xmark 0x5/0xffffffff", TestName = "Packets that a rule has marked meet the rules for that mark")]
    [TestCase("-A FORWARD -j U\n-A U -j MARK --set-xmark 0x5/0xffffffff", TestName = "Packets that a called chain has marked do")]
    [TestCase("-A FORWARD -j U\n-A U -j W\n-A W -j MARK --set-xmark 0x5/0xffffffff", TestName = "Packets that a chain called from there has marked do")]
    public void Marked_packets_meet_the_rules_for_their_mark(string marking)
    {
        const int ruleCount = 300;
        var tables = Compilation.Create(SyntaxTree.Parse(SourceText.From($"""
            *mangle
            :FORWARD ACCEPT [0:0]
            -A FORWARD -j MARK --set-xmark 0x7/0xffffffff
            COMMIT
            *filter
            :FORWARD DROP [0:0]
            :U - [0:0]
            :W - [0:0]
            {marking}
            {string.Join('\n', Enumerable.Range(1, ruleCount).Select(mark => $"-A FORWARD -m mark --mark 0x{mark:x} -j ACCEPT"))}
            COMMIT

            """))).GetTables(Family.IPv4) ?? throw new InvalidOperationException();
        var layout = SpaceLayout.Of(tables);
        var walker = new CellWalker(new SpaceRuleset(tables, layout, new UnknownTable()).Indexed(), Hook.Forward, new StepBudget(Steps));
        walker.Enter(new EntrySpace(layout, hasFragments: false).At(Hook.Forward)[0]);

        Assert.That(walker.MoveNext(), Has.Property(nameof(Cell.DecidingRule)).EqualTo(6));
    }

    private static List<Cell> CellsOf(SmallSpace space, Hook hook)
    {
        var walker = new CellWalker(space.Rules, hook, new StepBudget(Steps));
        foreach (var box in space.Entries.At(hook))
        {
            walker.Enter(box);
        }
        var cells = new List<Cell>();
        while (walker.MoveNext() is { } cell)
        {
            cells.Add(cell);
        }
        return cells;
    }

    private static string Name(CellVerdict verdict) => verdict == CellVerdict.Queue ? "nfqueue" : verdict.ToString().ToLowerInvariant();

    private static IEnumerable<(Dimension Dimension, UInt128 Value)> ValuesAfter(SpaceLayout layout, SmallPacket packet, SmallOutcome outcome)
    {
        yield return (layout[PacketField.Source], outcome.Source.Address);
        yield return (layout[PacketField.Destination], outcome.Destination.Address);
        foreach (var mark in layout.Marks)
        {
            yield return (mark, outcome.Mark);
        }
        if (packet.HasPorts)
        {
            yield return (layout[PacketField.SourcePort], outcome.Source.Port);
            yield return (layout[PacketField.DestinationPort], outcome.Destination.Port);
        }
        foreach (var mark in layout.ConnectionMarks.Where(_ => packet.HasEntry && outcome.ConnectionMark is not null))
        {
            yield return (mark, outcome.ConnectionMark ?? 0);
        }
    }

    /// <summary>Null where rules do not tell.</summary>
    private static int? ClassAfter(Cell cell, int[] point, Dimension dimension) => cell.Changes?[dimension.Index] switch
    {
        null => point[dimension.Index],
        Change.Constant constant => constant.Class,
        Change.Mapped { Map: { } map } mapped => map[point[mapped.Source]],
        Change.Mapped copied => point[copied.Source],
        _ => null,
    };
}
