using CsCheck;
using NUnit.Framework;
using RuleCompiler.Syntax;
using RuleCompiler.Syntax.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Syntax.Parsing;

internal sealed class DumpParserTests
{
    [Test]
    public void Block_size_and_thread_count_change_nothing() =>
        Gen.Select(DumpText.Bytes, Gen.Int[1, 40]).Sample((bytes, blockBytes) =>
            IsCutWithoutTrace(SourceText.From(bytes), blockBytes), iter: 5000);

    [Test]
    public void Cancelled_before_it_begins() => Assert.That(
        () => SyntaxTree.Parse(SourceText.From("*nat\nCOMMIT\n"), new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    internal static bool IsCutWithoutTrace(SourceText text, int blockBytes)
    {
        var whole = DumpParser.Parse(text, int.MaxValue, maxThreads: 1, CancellationToken.None);
        var cut = DumpParser.Parse(text, blockBytes, maxThreads: 4, CancellationToken.None);
        return Tokens(whole.Tokens).SequenceEqual(Tokens(cut.Tokens))
            && whole.Lines.SequenceEqual(cut.Lines)
            && Problems(whole).SequenceEqual(Problems(cut));
    }

    private static IEnumerable<(SyntaxKind Kind, TextSpan Span)> Tokens(TokenTable tokens) =>
        Enumerable.Range(0, tokens.Count).Select(index => (tokens.GetKind(index), tokens.GetSpan(index)));

    private static IEnumerable<string> Problems(ParsedDump dump) =>
        dump.Diagnostics.Select(d => $"{d} {d.Location.Span}");
}
