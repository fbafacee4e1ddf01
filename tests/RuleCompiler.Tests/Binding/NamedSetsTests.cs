using NUnit.Framework;
using RuleCompiler.Binding;

namespace RuleCompiler.Tests.Binding;

internal sealed class NamedSetsTests
{
    [Test]
    public void Each_set_is_named_once_with_the_rule_that_names_it_first() => Assert.That(
        NamedSets.Of(BoundDump.Bind("""
            *filter
            -A INPUT -m mark --mark 1 -m set --match-set b src
            -A INPUT -m set ! --match-set a src -m set --match-set b src,dst
            -A OUTPUT -j SET --add-set c dst
            COMMIT
            """)).Select(set => $"{set.Name} {set.Dimensions} {set.FirstRule} {set.Line}"),
        Is.EqualTo(new[] { "b 2 filter:INPUT:1 2", "a 1 filter:INPUT:2 3", "c 1 filter:OUTPUT:1 4" }));

    [Test]
    public void Rules_without_sets_name_none() =>
        Assert.That(NamedSets.Of(BoundDump.Bind("*filter\n-A INPUT -j DROP\nCOMMIT\n")), Is.Empty);
}
