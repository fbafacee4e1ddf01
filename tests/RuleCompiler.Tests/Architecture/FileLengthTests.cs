using NUnit.Framework;

namespace RuleCompiler.Tests.Architecture;

internal sealed class FileLengthTests
{
    private const int LineLimit = 400;

    [Test]
    public void No_file_of_code_is_longer_than_400_lines()
    {
        string[] folders = [".ci", "grammar", "src", "tests", "tools"];
        var tooLong =
            from file in folders.SelectMany(folder => Repository.Files(folder, "*"))
            where IsCode(file) && !file.StartsWith("grammar/Generated/", StringComparison.Ordinal)
            let lines = File.ReadLines(Repository.PathOf(file)).Count()
            where lines > LineLimit
            select $"{file}: {lines} lines";

        Assert.That(tooLong, Is.Empty);
    }

    // The scripts in .ci and tools have no extension.
    private static bool IsCode(string file) => Path.GetExtension(file) is ".cs" or ".g4" or ".sh" or ".py" or "";
}
