using System.Globalization;
using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions;

/// <summary>iptables' own tests of its extensions: what loads is printed to the letter, what is refused is an error or an unknown option.</summary>
internal sealed class ExtensionVectorTests
{
    private const string GapsFile = "tests/RuleCompiler.Tests/Extensions/extension-vector-gaps.txt";

    private static readonly Lazy<List<(ExtensionVector Vector, string? Difference)>> Results =
        new(() => [.. ExtensionVector.ReadAll().Select(vector => (vector, vector.FindDifference()))]);

    /// <summary>Names of the vectors that cannot be met; the file says why, and only shrinks.</summary>
    private static IEnumerable<string> Gaps =>
        File.ReadLines(Repository.PathOf(GapsFile)).Where(line => line.Length > 0 && line[0] != '#');

    [Test]
    public void Vectors_are_met_but_for_the_gaps()
    {
        SharedData.Require("corpora");
        var wrong = Results.Value
            .Where(result => result.Difference is not null)
            .ToLookup(result => result.Vector.Name, result => $"{result.Vector.Name} ({result.Vector.Family})\n  {result.Difference}");

        Assert.That(wrong.Select(vector => vector.Key).Order(StringComparer.Ordinal), Is.EqualTo(Gaps.Order(StringComparer.Ordinal)),
            () => string.Join('\n', wrong.SelectMany(vector => vector)));
    }

    [Test]
    public void The_readme_says_how_many()
    {
        SharedData.Require("corpora");
        var met = Results.Value.Count(result => result.Difference is null);
        var count = string.Create(CultureInfo.InvariantCulture, $"{met:N0} of {Results.Value.Count:N0}");

        Assert.That(File.ReadAllText(Repository.PathOf("README.md")), Does.Contain(count));
    }
}
