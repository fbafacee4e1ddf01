using NUnit.Framework;

namespace RuleCompiler.Tests.Architecture;

internal sealed class TopLevelTests
{
    private static readonly string[] Allowed =
        ["RuleCompiler.sln", "README.md", "examples", "global.json", "grammar", "src", "tests", "tools"];

    [Test]
    public void Top_level_holds_only_what_a_newcomer_must_see()
    {
        var ignored = File.ReadLines(Repository.PathOf(".gitignore")).Select(line => line.TrimEnd('/'));
        var entries = Directory.EnumerateFileSystemEntries(Repository.Root)
            .Select(Path.GetFileName)
            .Where(name => name is not null && !name.StartsWith('.'));

        Assert.That(entries.Except(ignored).Except(Allowed), Is.Empty);
    }
}
