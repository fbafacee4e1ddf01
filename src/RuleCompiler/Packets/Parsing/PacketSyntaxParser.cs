using System.Collections.Immutable;
using System.Text;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using RuleCompiler.Diagnostics;
using RuleCompiler.Grammar;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Runs the generated parser over an expression and copies out what it found.</summary>
internal sealed class PacketSyntaxParser
{
    private readonly SourceText _text;
    private readonly TextSpan _span;
    private readonly DiagnosticBag _diagnostics;

    private PacketSyntaxParser(SourceText text, TextSpan span, DiagnosticBag diagnostics)
    {
        _text = text;
        _span = span;
        _diagnostics = diagnostics;
    }

    public static PacketSyntax Parse(SourceText text, TextSpan span, DiagnosticBag diagnostics)
    {
        var characters = Encoding.Latin1.GetString(text.GetBytes(span)).ToCharArray();
        var lexer = new PacketExpressionLexer(new AntlrInputStream(characters, characters.Length));
        var parser = new PacketExpressionParser(new CommonTokenStream(lexer));
        parser.RemoveErrorListeners();
        parser.AddErrorListener(new SyntaxErrorListener(text, span, diagnostics));
        return new PacketSyntaxParser(text, span, diagnostics).Read(parser.packetExpression().packet());
    }

    private PacketSyntax Read(PacketExpressionParser.PacketContext packet)
    {
        (Word, Word, Word)? header = null;
        if (WordOf(packet.protocol()?.WORD()) is { } protocol && EndpointsOf(packet.endpointPair()) is var (source, destination))
        {
            header = (protocol, source, destination);
        }
        // Behind a broken header, the words up to the first clause are what is left of it.
        if (header is not null && (packet.COMMA().FirstOrDefault()?.Symbol ?? packet.excess().FirstOrDefault()?.Start) is { } leading)
        {
            Report(leading);
        }
        return new PacketSyntax(header, [.. packet.clause().Select(Read)]);
    }

    private ClauseSyntax Read(PacketExpressionParser.ClauseContext clause)
    {
        var values = ImmutableArray.CreateBuilder<Word>();
        foreach (var value in clause.list()?.value() ?? [])
        {
            if (WordOf(value.WORD() ?? value.STRING() ?? value.UNCLOSED()) is { } word)
            {
                values.Add(word);
            }
            if (value.UNCLOSED() is { } unclosed)
            {
                Report(unclosed.Symbol);
            }
        }
        // One report for a run of words: 'user 1000' is one mistake, and 'uid -> 5' a value that is missing.
        var lacksValue = clause.clauseName() is not null && clause.list() is null;
        if (!lacksValue && clause.excess().FirstOrDefault() is { } excess)
        {
            Report(excess.Start);
        }
        return new ClauseSyntax(WordOf(clause.Start), values.DrainToImmutable(), EndpointsOf(clause.endpointPair()));
    }

    private (Word Source, Word Destination)? EndpointsOf(PacketExpressionParser.EndpointPairContext? pair) =>
        pair?.endpoint() is [var source, var destination] && WordOf(pair.ARROW()) is not null
        && WordOf(source.WORD()) is { } from && WordOf(destination.WORD()) is { } to
            ? (from, to)
            : null;

    private void Report(IToken excess)
    {
        var word = WordOf(excess);
        var location = new Location(_text, word.Span);
        _diagnostics.Report(excess.Type switch
        {
            PacketExpressionLexer.COMMA => PacketDiagnostics.ManyPackets.At(location, ",", "value of each kind"),
            PacketExpressionLexer.UNCLOSED => PacketDiagnostics.UnexpectedText.At(location, "a closing '\"'", $"'{word.Text}'"),
            _ => PacketDiagnostics.UnknownClause.At(location, word.Text, ClauseNames.Suggest(word.Text)),
        });
    }

    /// <summary>Null for a token that is missing in the text and was made up to go on.</summary>
    private Word? WordOf(ITerminalNode? node) =>
        node is { Symbol: { TokenIndex: >= 0 } token } and not IErrorNode ? WordOf(token) : null;

    private Word WordOf(IToken token)
    {
        var span = TextSpan.FromBounds(_span.Start + token.StartIndex, _span.Start + token.StopIndex + 1);
        var text = _text.ToString(span);
        return new Word(token.Type == PacketExpressionLexer.STRING ? Unquote(text) : text, span);
    }

    /// <summary>What stands between the quotes of a string, without its backslashes.</summary>
    public static string Unquote(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            result.Append(text[i]);
        }
        return result.ToString();
    }
}
