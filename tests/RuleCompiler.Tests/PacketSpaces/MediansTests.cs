using CsCheck;
using NUnit.Framework;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.PacketSpaces;

internal sealed class MediansTests
{
    [Test]
    public void The_upper_median_is_the_middle_of_the_sorted_values() => Gen.UInt[0, 20].Array[1, 60].Sample(values =>
    {
        var sorted = values.Order().ToArray();
        return Medians.Upper(values.ToArray()) == sorted[values.Length / 2];
    });
}
