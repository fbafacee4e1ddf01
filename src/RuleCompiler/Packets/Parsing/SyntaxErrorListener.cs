using Antlr4.Runtime;
using RuleCompiler.Diagnostics;
using RuleCompiler.Grammar;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Says in the language's own terms what the parser missed.</summary>
internal sealed class SyntaxErrorListener(SourceText text, TextSpan span, DiagnosticBag diagnostics) : IAntlrErrorListener<IToken>
{
    private bool _hasReported;

    public void SyntaxError(
        TextWriter output, IRecognizer recognizer, IToken offendingSymbol, int line, int charPositionInLine, string msg, RecognitionException e)
    {
        if (_hasReported)
        {
            return; // what follows a broken shape is broken by it
        }
        _hasReported = true;
        var parser = (Parser)recognizer;
        var (expected, found) = (Expected(parser.RuleContext), offendingSymbol);
        if (parser.RuleContext is PacketExpressionParser.EndpointContext && parser.TokenStream.LT(-1) is { } last
            && last.TokenIndex == 0 && last.Text.AsSpan().ContainsAny('.', ':'))
        {
            // '10.0.0.1:1 -> 10.0.0.2:2': the protocol was left out, and the address taken for it.
            (expected, found) = ("a protocol", last);
        }
        var isEnd = found.Type == TokenConstants.EOF;
        var place = isEnd
            ? new TextSpan(span.End, 0)
            : TextSpan.FromBounds(span.Start + found.StartIndex, span.Start + found.StopIndex + 1);
        diagnostics.Report(PacketDiagnostics.UnexpectedText.At(
            new Location(text, place), expected, isEnd ? "the end" : $"'{text.ToString(place)}'"));
    }

    private static string Expected(RuleContext context) => context switch
    {
        PacketExpressionParser.EndpointContext { Parent: PacketExpressionParser.EndpointPairContext pair } =>
            pair.ARROW() is null ? "a source address" : "a destination address",
        PacketExpressionParser.EndpointPairContext => "'->'",
        PacketExpressionParser.ClauseContext or PacketExpressionParser.ListContext or PacketExpressionParser.ValuesContext
            or PacketExpressionParser.ValueContext => "a value",
        PacketExpressionParser.PacketContext or PacketExpressionParser.PacketExpressionContext { ChildCount: > 0 } => "a clause",
        _ => "a protocol",
    };
}
