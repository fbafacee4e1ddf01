using CsCheck;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Packets;

/// <summary><see cref="PrefixMap{T}"/> against every network asked one by one.</summary>
public sealed class PrefixMapTests
{
    /// <summary>Few bits differ, at both ends of the address space, so that networks nest, touch and end with the space.</summary>
    private static readonly Gen<AddressPrefix> Prefixes = Gen.Select(Gen.Bool, Gen.UInt[0, 31], Gen.Int[0, 5], Gen.Bool).Select(
        (isV4, low, length, isHigh) =>
        {
            var family = isV4 ? Family.IPv4 : Family.IPv6;
            return new AddressPrefix(AddressOf(family, low, isHigh), length == 5 ? 0 : IpAddress.WidthOf(family) - length);
        });

    [Test]
    public void Finds_the_networks_of_an_address_from_the_longest_prefix_to_the_shortest() => Prefixes.List[0, 20].Sample(prefixes =>
    {
        var map = new PrefixMap<int>(prefixes.Select((prefix, index) => (prefix, index)));
        foreach (var family in Enum.GetValues<Family>())
        {
            for (uint low = 0; low < 32; low++)
            {
                foreach (var isHigh in (bool[])[false, true])
                {
                    var address = AddressOf(family, low, isHigh);
                    var expected = Enumerable.Range(0, prefixes.Count)
                        .Where(index => prefixes[index].Contains(address))
                        .OrderByDescending(index => prefixes[index].Length);
                    Assert.That(ValuesAt(map, address), Is.EqualTo(expected), address.ToString());
                }
            }
        }
    });

    private static IEnumerable<int> ValuesAt(PrefixMap<int> map, IpAddress address)
    {
        for (var network = map.FindInnermost(address); network is not null; network = network.Around)
        {
            foreach (var value in network.Values)
            {
                yield return value;
            }
        }
    }

    private static IpAddress AddressOf(Family family, uint low, bool isHigh) => new(
        family, !isHigh ? low : family == Family.IPv4 ? uint.MaxValue - low : UInt128.MaxValue - low);
}
