using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Binding;

/// <summary>Lists behind <c>-s</c> and <c>-d</c>; each row's answer is that of iptables-restore 1.8.9, nft and legacy.</summary>
internal sealed class AddressListsTests
{
    [Test]
    public void Two_lists_make_a_rule_for_each_pair_sources_first() => Assert.That(
        BoundDump.FilterRules("-A INPUT -s 10.0.0.1,10.0.0.2 -d 10.1.0.1,10.1.0.2 -j ACCEPT"),
        Is.EqualTo(new[]
        {
            "-A INPUT -s 10.0.0.1/32 -d 10.1.0.1/32 -j ACCEPT",
            "-A INPUT -s 10.0.0.1/32 -d 10.1.0.2/32 -j ACCEPT",
            "-A INPUT -s 10.0.0.2/32 -d 10.1.0.1/32 -j ACCEPT",
            "-A INPUT -s 10.0.0.2/32 -d 10.1.0.2/32 -j ACCEPT",
        }));

    [Test]
    public void Insertion_turns_the_order_round() => Assert.That(
        BoundDump.FilterRules("-A INPUT -j DROP\n-I INPUT 1 -s 10.0.0.1,10.0.0.2 -d 10.1.0.1,10.1.0.2"),
        Is.EqualTo(new[]
        {
            "-A INPUT -s 10.0.0.2/32 -d 10.1.0.2/32",
            "-A INPUT -s 10.0.0.2/32 -d 10.1.0.1/32",
            "-A INPUT -s 10.0.0.1/32 -d 10.1.0.2/32",
            "-A INPUT -s 10.0.0.1/32 -d 10.1.0.1/32",
            "-A INPUT -j DROP",
        }));

    [Test]
    public void Deletion_takes_the_rule_of_each_address() => Assert.That(
        BoundDump.FilterRules("-A INPUT -s 10.0.0.1,10.0.0.2,10.0.0.3\n-D INPUT -s 10.0.0.3,10.0.0.1"),
        Is.EqualTo(new[] { "-A INPUT -s 10.0.0.2/32" }));

    [Test]
    public void List_may_be_of_IPv6_and_have_masks() => Assert.That(
        BoundDump.Rules("*filter\n-A INPUT -s ::1,fd00::/8\nCOMMIT\n", Family.IPv6),
        Is.EqualTo(new[] { "-A INPUT -s ::1/128", "-A INPUT -s fd00::/8" }));

    [TestCase("-A INPUT ! -s [|10.0.0.1,10.0.0.2|]", "IPT2064")]
    [TestCase("-A INPUT -s 10.0.0.1,[|10.0.0.256|],10.0.0.2", "IPT2014")]
    [TestCase("-A INPUT -s 10.0.0.1,[|10.0.0.2/33|]", "IPT2015")]
    [TestCase("-A INPUT -s 10.0.0.1,10.0.0.2 [|-s|] 10.0.0.3", "IPT2052")]
    public void List_that_is_wrong(string line, string id) => DiagnosticAssert.Reports($"*filter\n{line}\nCOMMIT\n", id);
}
