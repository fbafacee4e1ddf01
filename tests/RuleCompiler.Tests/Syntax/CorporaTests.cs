using NUnit.Framework;
using RuleCompiler.Fuzz;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Syntax.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Syntax;

/// <summary>Real dumps: nothing of them is lost, and what can be read does not hang on how the work is cut up.</summary>
internal sealed class CorporaTests
{
    [Test]
    public void Every_file_equals_its_tree()
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var path in SharedData.Files("corpora", "*"))
            {
                Assert.That(TreeLaws.IsFaithful(SyntaxTree.Parse(Read(path))), path);
            }
        });
    }

    [Test]
    public void Block_size_and_thread_count_change_nothing()
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var path in SharedData.Files("corpora", "*"))
            {
                Assert.That(DumpParserTests.IsCutWithoutTrace(Read(path), blockBytes: 500), path);
            }
        });
    }

    private static SourceText Read(string path) => SourceText.From(File.ReadAllBytes(path), path);
}
