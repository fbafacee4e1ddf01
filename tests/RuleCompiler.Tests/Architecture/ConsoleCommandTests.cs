using NUnit.Framework;

namespace RuleCompiler.Tests.Architecture;

internal sealed class ConsoleCommandTests
{
    [Test]
    public void Blocks_become_commands_with_their_output()
    {
        var commands = ConsoleCommand.InMarkdown("""
            # Title
            ```sh
            $ not this one
            ```
            ```console
            $ one a \
                b
            1

            2
            $ two   # exits 1
            ```
            ```console
            $ three
            ```
            """);

        Assert.That(commands, Is.EqualTo(new ConsoleCommand[]
        {
            new(6, "one a \\\n    b", "1\n\n2"),
            new(11, "two   # exits 1", ""),
            new(14, "three", ""),
        }));
    }

    [TestCase("tools/rulec diff a b", ExpectedResult = 0)]
    [TestCase("tools/rulec diff a b  # exits 1", ExpectedResult = 1)]
    public int Tells_the_exit_code(string text) => new ConsoleCommand(1, text, "").ExitCode;

    [TestCase("a\nb", "a\nb\n", ExpectedResult = true)]
    [TestCase("a.c", "abc\n", ExpectedResult = false)]
    [TestCase("a", "a\nb\n", ExpectedResult = false)]
    [TestCase("", "", ExpectedResult = true)]
    [TestCase("", "a\n", ExpectedResult = false)]
    [TestCase("9 rules, 0.12 s", "9 rules, 3 ms\n", ExpectedResult = true)]
    [TestCase("9 rules, 0.12 s", "8 rules, 0.12 s\n", ExpectedResult = false)]
    [TestCase("a\n...\nd", "a\nb\nc\nd\n", ExpectedResult = true)]
    [TestCase("a\n...\nd", "a\nd\n", ExpectedResult = true)]
    [TestCase("a\n...\nd", "a\nb\nc\n", ExpectedResult = false)]
    [TestCase("...\nd", "a\nd\n", ExpectedResult = true)]
    [TestCase("a\n...", "a\nb\n", ExpectedResult = true)]
    public bool Compares_output(string shown, string actual) => new ConsoleCommand(1, "x", shown).Prints(actual);

    [Test]
    public void Block_that_begins_with_output_is_refused() =>
        Assert.That(() => ConsoleCommand.InMarkdown("```console\nx\n```").ToList(), Throws.InstanceOf<FormatException>());
}
