using NUnit.Framework;
using RuleCompiler.Cli.Input;

namespace RuleCompiler.Tests.Cli.Input;

internal sealed class HeapRoomTests
{
    [Test]
    public void Is_made_once_for_a_large_input()
    {
        var room = new HeapRoom();
        room.MakeFor(1000);
        var before = GC.CollectionCount(2);
        room.MakeFor(2 << 20); // it collects first
        Assert.That(GC.CollectionCount(2), Is.GreaterThan(before));
        Assert.That(() => room.MakeFor(2 << 20), Throws.Nothing);
    }

    [Test]
    public void Another_one_in_the_process_does_no_harm()
    {
        new HeapRoom().MakeFor(2 << 20);
        Assert.That(() => new HeapRoom().MakeFor(2 << 20), Throws.Nothing);
    }
}
