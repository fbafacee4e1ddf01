using System.Text;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Packets;

internal sealed class InterfaceNameTests
{
    private static readonly Gen<string> Names = Gen.Char["abeht0129.-_"].Array[0, InterfaceName.MaxBytes].Select(c => new string(c));

    [Test]
    public void Packing_keeps_the_name() => Names.Sample(name => InterfaceName.Unpack(InterfaceName.Pack(name)) == name);

    [Test]
    public void Order_of_numbers_is_the_order_of_bytes() => Gen.Select(Names, Names).Sample((a, b) =>
        InterfaceName.Pack(a).CompareTo(InterfaceName.Pack(b)) == Math.Sign(string.CompareOrdinal(a, b)));

    [Test]
    public void Prefix_has_exactly_the_names_that_begin_with_it() => Gen.Select(Names, Names, Gen.Bool).Sample((prefix, rest, joins) =>
    {
        var name = joins ? (prefix + rest)[..Math.Min(prefix.Length + rest.Length, InterfaceName.MaxBytes)] : rest;
        return InterfaceName.WithPrefix(Encoding.UTF8.GetBytes(prefix)).Contains(InterfaceName.Pack(name))
            == name.StartsWith(prefix, StringComparison.Ordinal);
    });

    [Test]
    public void Empty_prefix_has_the_empty_name_too() => Assert.That(InterfaceName.WithPrefix([]).Contains(0));

    [Test]
    public void Name_of_other_letters_is_kept() =>
        Assert.That(InterfaceName.Unpack(InterfaceName.Pack("wän0")), Is.EqualTo("wän0"));
}
