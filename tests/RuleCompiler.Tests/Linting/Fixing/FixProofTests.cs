using NUnit.Framework;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting.Fixing;

internal sealed class FixProofTests
{
    private const string Before = """
        *filter
        :FORWARD ACCEPT [0:0]
        -A FORWARD -p tcp -j DROP
        -A FORWARD -p tcp -m tcp --dport 22 -j DROP
        -A FORWARD -p udp -j LOG
        COMMIT

        """;

    [TestCase("-A FORWARD -p tcp -m tcp --dport 22 -j DROP\n", ExpectedResult = true, Description = "nothing reaches it")]
    [TestCase("-A FORWARD -p tcp -j DROP\n", ExpectedResult = false, Description = "TCP to other ports would pass")]
    [TestCase("-A FORWARD -p udp -j LOG\n", ExpectedResult = false, Description = "what is logged counts")]
    public bool Removal_is_proven(string rule) => FixProof.IsEquivalent(
        Compile(Before), Compile(Before.Replace(rule, "", StringComparison.Ordinal)), CancellationToken.None);

    private static Compilation Compile(string dump) => Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
}
