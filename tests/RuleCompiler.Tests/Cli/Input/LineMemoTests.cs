using System.Text;
using NUnit.Framework;
using RuleCompiler.Cli.Input;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Cli.Input;

internal sealed class LineMemoTests
{
    private const string Kept = """{"protocol":"tcp","source":"10.0.0.1","sourcePort":4000,"destination":"10.0.0.9"}""";

    [TestCase(Kept, ExpectedResult = true)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":50000,"destination":"10.0.0.9"}""", ExpectedResult = true)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":53,"destination":"10.0.0.9"}""", ExpectedResult = false, TestName = "A port of another class")]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":70000,"destination":"10.0.0.9"}""", ExpectedResult = false, TestName = "No port")]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":04000,"destination":"10.0.0.9"}""", ExpectedResult = false, TestName = "No JSON number")]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":"4000","destination":"10.0.0.9"}""", ExpectedResult = false)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort": 4000,"destination":"10.0.0.9"}""", ExpectedResult = false)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":4000,"destination":"10.0.0.8"}""", ExpectedResult = false)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.2","sourcePort":4000,"destination":"10.0.0.9"}""", ExpectedResult = false)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","destination":"10.0.0.9"}""", ExpectedResult = false)]
    public bool A_line_is_known_again_but_for_a_port_that_no_rule_tells_apart(string line)
    {
        var memo = new LineMemo(ClassesOf("-A INPUT -p tcp -m tcp --sport 53 -j DROP"));
        Keep(memo, Kept);
        return memo.Find(Encoding.UTF8.GetBytes(line), out _) is not null;
    }

    [Test]
    public void Where_each_port_may_matter_a_line_is_known_as_a_whole()
    {
        var memo = new LineMemo(null);
        Keep(memo, Kept);
        Assert.Multiple(() =>
        {
            Assert.That(memo.Find(Encoding.UTF8.GetBytes(Kept), out _), Is.Not.Null);
            Assert.That(memo.Find(Encoding.UTF8.GetBytes(Kept.Replace("4000", "4001", StringComparison.Ordinal)), out _), Is.Null);
        });
    }

    [Test]
    public void Lines_that_never_come_again_are_not_kept_for_long()
    {
        var memo = new LineMemo(null);
        for (var number = 0; number < 100_000; number++)
        {
            Keep(memo, $"{number}");
        }
        Assert.Multiple(() =>
        {
            Assert.That(memo.Find("99999"u8, out var key), Is.Null);
            Assert.That(key, Is.Null);
        });
    }

    private static void Keep(LineMemo memo, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        if (memo.Find(bytes, out var key) is null && key is { } found)
        {
            memo.Keep(bytes, found, new Packet { Protocol = 6, Source = default, Destination = default });
        }
    }

    private static SourcePortClasses? ClassesOf(string rule) => SourcePortClasses.Find(
        Compilation.Create(SyntaxTree.Parse(SourceText.From($"*filter\n:INPUT ACCEPT [0:0]\n{rule}\nCOMMIT\n"))));
}
