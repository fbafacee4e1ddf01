using NUnit.Framework;
using RuleCompiler.Extensions;

namespace RuleCompiler.Tests.Architecture;

/// <summary>The catalogue is a plain list; these tests notice what was forgotten in it.</summary>
internal sealed class ExtensionCatalogTests
{
    private static IEnumerable<Extension> Catalogued =>
        [ExtensionCatalog.Ip, .. ExtensionCatalog.Matches, .. ExtensionCatalog.Targets];

    private static IEnumerable<Type> Declared =>
        typeof(Extension).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Extension)) && !type.IsAbstract);

    [Test]
    public void Every_extension_is_in_the_catalogue() =>
        Assert.That(Declared.Except(Catalogued.Select(extension => extension.GetType())), Is.Empty);

    [Test]
    public void Matches_are_in_name_order() =>
        Assert.That(ExtensionCatalog.Matches.Select(match => match.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

    [Test]
    public void Targets_are_in_name_order() =>
        Assert.That(ExtensionCatalog.Targets.Select(target => target.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

    [Test]
    public void Every_extension_has_its_tests()
    {
        var missing =
            from type in Declared
            let folder = type.IsSubclassOf(typeof(MatchExtension)) ? "Matches" : "Targets"
            let tests = $"tests/RuleCompiler.Tests/Extensions/{folder}/{type.Name}Tests.cs"
            where !File.Exists(Repository.PathOf(tests))
            orderby tests
            select tests;

        Assert.That(missing, Is.Empty);
    }
}
