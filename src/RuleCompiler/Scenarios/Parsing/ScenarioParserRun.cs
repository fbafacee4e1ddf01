using System.Collections.Immutable;
using System.Text;
using Antlr4.Runtime;
using RuleCompiler.Diagnostics;
using RuleCompiler.Grammar;
using RuleCompiler.Packets;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios.Parsing;

/// <summary>Runs the generated parser over a scenario file and copies out what it found.</summary>
internal sealed class ScenarioParserRun
{
    private readonly SourceText _text;
    private readonly DiagnosticBag _diagnostics = new();

    private ScenarioParserRun(SourceText text) => _text = text;

    public static ScenarioSyntax Parse(SourceText text) => new ScenarioParserRun(text).Parse();

    private ScenarioSyntax Parse()
    {
        char[] characters = [.. Encoding.Latin1.GetString(_text.Bytes), '\n'];
        if (_text.Bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            characters.AsSpan(0, 3).Fill(' '); // a byte-order mark
        }
        var lexer = new ScenarioLexer(new AntlrInputStream(characters, characters.Length));
        var parser = new ScenarioParser(new CommonTokenStream(lexer)) { ErrorHandler = new LineErrorStrategy() };
        parser.RemoveErrorListeners();
        parser.AddErrorListener(new StatementErrorListener(_text, _diagnostics));
        var statements = ImmutableArray.CreateBuilder<StatementSyntax>();
        foreach (var statement in parser.scenarioFile().statement())
        {
            if (Read(statement) is { } read)
            {
                statements.Add(read);
            }
        }
        return new ScenarioSyntax(_text, statements.DrainToImmutable(), _diagnostics.ToImmutable());
    }

    /// <returns>Null for a line that begins as no statement does, or a condition without a test.</returns>
    private StatementSyntax? Read(ScenarioParser.StatementContext statement)
    {
        if (statement.unknown() is { } unknown)
        {
            var word = WordOf(unknown.Start);
            _diagnostics.Report(ScenarioDiagnostics.UnknownStatement.At(
                new Location(_text, word.Span), word.Text, Suggestion.For(word.Text, ScenarioWords.Statements)));
            return null;
        }
        if (statement.condition() is { } condition)
        {
            return Read(condition) is { } read
                ? new StatementSyntax(statement.EXPECT() is null ? StatementKind.Condition : StatementKind.Expect, WordOf(statement.Start), [])
                {
                    Condition = read,
                    IsMaybe = statement.MAYBE() is not null,
                }
                : null;
        }
        return KindOf(statement.Start.Type) is { } kind
            ? new StatementSyntax(kind, WordOf(statement.Start), WordsOf(statement)) { Expression = ExpressionOf(statement) }
            : null;
    }

    private ConditionSyntax? Read(ScenarioParser.ConditionContext condition)
    {
        if (condition.test() is not { ChildCount: > 0 } test || test.exception is not null)
        {
            return null;
        }
        var words = test.word().SelectMany(TokenOf).Select(WordOf).ToImmutableArray();
        var end = words.IsEmpty ? WordOf(test.Start).Span.End : words[^1].Span.End;
        return test.word().Length == words.Length
            ? new ConditionSyntax(
                condition.NOT() is not null, WordOf(test.Start), words, TextSpan.FromBounds(condition.Start.StartIndex, end))
            : null;
    }

    private ImmutableArray<Word> WordsOf(ScenarioParser.StatementContext statement)
    {
        var tokens = new List<IToken>();
        tokens.AddRange(TokenOf(statement.quoted()));
        tokens.AddRange(TokenOf(statement.word()));
        if (statement.WORD() is { Symbol: { TokenIndex: >= 0 } family })
        {
            tokens.Add(family);
        }
        return [.. tokens.Select(WordOf)];
    }

    /// <summary>The token of a rule that has one; none where it is missing in the text.</summary>
    private IEnumerable<IToken> TokenOf(ParserRuleContext? rule)
    {
        if (rule is null || rule.exception is not null || rule.Start is not { TokenIndex: >= 0 } token)
        {
            yield break;
        }
        if (token.Type == ScenarioParser.UNCLOSED)
        {
            var span = WordOf(token).Span;
            _diagnostics.Report(ScenarioDiagnostics.UnexpectedText.At(
                new Location(_text, span), "a closing '\"'", $"'{_text.ToString(span).TrimEnd()}'"));
            yield break;
        }
        yield return token;
    }

    /// <summary>All that stands behind the keyword, up to a comment or the line's end.</summary>
    private static TextSpan ExpressionOf(ScenarioParser.StatementContext statement)
    {
        if (statement.packet() is null)
        {
            return default;
        }
        var start = statement.Start.StopIndex + 1;
        var end = statement.Stop is { } stop && stop.StopIndex >= start ? stop.StopIndex + 1 : start;
        return TextSpan.FromBounds(start, end);
    }

    private static StatementKind? KindOf(int token) => token switch
    {
        ScenarioParser.DUMP => StatementKind.Dump,
        ScenarioParser.HOST => StatementKind.Host,
        ScenarioParser.PROFILE => StatementKind.Profile,
        ScenarioParser.SCENARIO => StatementKind.Scenario,
        ScenarioParser.NEVER => StatementKind.Never,
        ScenarioParser.ALWAYS => StatementKind.Always,
        ScenarioParser.PACKET => StatementKind.Packet,
        ScenarioParser.SPACE => StatementKind.Space,
        ScenarioParser.FLOWS => StatementKind.Flows,
        ScenarioParser.SNAPSHOT => StatementKind.Snapshot,
        _ => null,
    };

    private Word WordOf(IToken token)
    {
        var span = TextSpan.FromBounds(token.StartIndex, Math.Min(token.StopIndex + 1, _text.Length));
        var text = _text.ToString(span);
        return new Word(token.Type == ScenarioParser.STRING ? PacketSyntaxParser.Unquote(text) : text, span);
    }
}
