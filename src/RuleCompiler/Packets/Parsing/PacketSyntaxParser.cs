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
        (ListSyntax, ListSyntax, ListSyntax)? header = null;
        if (packet.protocol() is { } protocol && ListOf(protocol.BANG(), protocol.WORD(), protocol.COMMA()) is { } protocols
            && EndpointsOf(packet.endpointPair()) is var (source, destination))
        {
            header = (protocols, source, destination);
        }
        // Behind a broken header, the words up to the first clause are what is left of it.
        if (header is not null && packet.excess().FirstOrDefault() is { } leading)
        {
            Report(leading.Start);
        }
        return new PacketSyntax(header, [.. packet.clause().Select(Read)]);
    }

    private ClauseSyntax Read(PacketExpressionParser.ClauseContext clause)
    {
        var list = clause.list() is { } given ? Read(given) : null;
        // One report for a run of words: 'user 1000' is one mistake, and 'uid -> 5' a value that is missing.
        var lacksValue = clause.clauseName() is { } name && name.FRAGMENT() is null && clause.list() is null;
        if (!lacksValue && clause.excess().FirstOrDefault() is { } excess)
        {
            Report(excess.Start);
        }
        return new ClauseSyntax(WordOf(clause.Start), list, EndpointsOf(clause.endpointPair()));
    }

    private ListSyntax? Read(PacketExpressionParser.ListContext list)
    {
        var alternatives = ImmutableArray.CreateBuilder<ImmutableArray<Word>>();
        foreach (var values in list.values())
        {
            var words = ImmutableArray.CreateBuilder<Word>();
            foreach (var value in values.value())
            {
                if (WordOf(value.WORD() ?? value.STRING() ?? value.UNCLOSED()) is { } word)
                {
                    words.Add(word);
                }
                if (value.UNCLOSED() is { } unclosed)
                {
                    Report(unclosed.Symbol);
                }
            }
            if (words.Count > 0)
            {
                alternatives.Add(words.ToImmutable());
            }
        }
        return alternatives.Count == 0 ? null : new ListSyntax(WordOf(list.BANG()), alternatives.ToImmutable());
    }

    private (ListSyntax Source, ListSyntax Destination)? EndpointsOf(PacketExpressionParser.EndpointPairContext? pair) =>
        pair?.endpoint() is [var source, var destination] && WordOf(pair.ARROW()) is not null
        && ListOf(source.BANG(), source.WORD(), source.COMMA()) is { } from
        && ListOf(destination.BANG(), destination.WORD(), destination.COMMA()) is { } to
            ? (from, to)
            : null;

    /// <summary>Null where a word is missing.</summary>
    private ListSyntax? ListOf(ITerminalNode? bang, ITerminalNode[] nodes, ITerminalNode[] commas)
    {
        ImmutableArray<Word> words = [.. nodes.Select(WordOf).OfType<Word>()];
        return words.Length == commas.Length + 1 ? new ListSyntax(WordOf(bang), [words]) : null;
    }

    private void Report(IToken excess)
    {
        var word = WordOf(excess);
        var location = new Location(_text, word.Span);
        _diagnostics.Report(excess.Type switch
        {
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
        var isQuoted = token.Type == PacketExpressionLexer.STRING;
        return new Word(isQuoted ? Unquote(text) : text, span, isQuoted);
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
