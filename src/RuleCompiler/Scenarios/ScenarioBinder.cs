using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Puts statements together to scenarios and claims.</summary>
internal sealed class ScenarioBinder
{
    private readonly SourceText _text;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly bool _hasSyntaxErrors;
    private readonly ConditionBinder _conditions;
    private readonly ImmutableArray<(Word Path, Family? Family)>.Builder _dumps = ImmutableArray.CreateBuilder<(Word, Family?)>();
    private readonly ImmutableArray<ScenarioItem>.Builder _items = ImmutableArray.CreateBuilder<ScenarioItem>();
    private Word? _host;
    private Word? _profile;

    private ScenarioBinder(ScenarioSyntax syntax)
    {
        _text = syntax.Text;
        _hasSyntaxErrors = !syntax.Diagnostics.IsEmpty;
        _conditions = new ConditionBinder(_text, _diagnostics);
    }

    /// <returns>The file, and every problem found, those of its syntax included, in order of place.</returns>
    public static (ScenarioFile File, ImmutableArray<Diagnostic> Diagnostics) Bind(ScenarioSyntax syntax)
    {
        var binder = new ScenarioBinder(syntax);
        binder._diagnostics.AddRange(syntax.Diagnostics);
        var file = binder.BindStatements(syntax.Statements);
        return (file, binder._diagnostics.ToImmutable());
    }

    private ScenarioFile BindStatements(ImmutableArray<StatementSyntax> statements)
    {
        ItemDraft? draft = null;
        foreach (var statement in statements)
        {
            if (statement.Kind is StatementKind.Scenario or StatementKind.Never or StatementKind.Always)
            {
                Finish(draft);
                draft = new ItemDraft(statement, _text, _conditions, _diagnostics);
            }
            else if (statement.Kind is StatementKind.Dump or StatementKind.Host or StatementKind.Profile)
            {
                BindHead(statement, draft);
            }
            else if (draft is null)
            {
                Report(ScenarioDiagnostics.MisplacedStatement, statement.Keyword, "before the first scenario or claim");
            }
            else
            {
                draft.Add(statement);
            }
        }
        Finish(draft);
        if (_dumps.Count == 0 && !_hasSyntaxErrors)
        {
            _diagnostics.Report(ScenarioDiagnostics.MissingDump.At(new Location(_text, default)));
        }
        ReportRepeatedNames();
        return new ScenarioFile(_text)
        {
            Dumps = _dumps.DrainToImmutable(),
            Host = _host,
            Profile = _profile,
            Items = _items.DrainToImmutable(),
        };
    }

    private void BindHead(StatementSyntax statement, ItemDraft? draft)
    {
        if (draft is not null)
        {
            Report(ScenarioDiagnostics.MisplacedStatement, statement.Keyword, "behind the first scenario or claim");
        }
        else if (statement.Words is [var word, .. var rest])
        {
            switch (statement.Kind)
            {
                case StatementKind.Dump:
                    _dumps.Add((word, rest is [var family] ? FamilyOf(family) : null));
                    break;
                case StatementKind.Host:
                    SetOnce(ref _host, word, statement);
                    break;
                case StatementKind.Profile:
                    SetOnce(ref _profile, word, statement);
                    break;
                default:
                    throw new UnreachableException();
            }
            if (statement.Kind != StatementKind.Dump && rest is [var excess])
            {
                _diagnostics.Report(ScenarioDiagnostics.UnexpectedText.At(
                    new Location(_text, excess.Span), "the end of the line", $"'{excess.Text}'"));
            }
        }
    }

    private void SetOnce(ref Word? place, Word word, StatementSyntax statement)
    {
        if (place is not null)
        {
            Report(ScenarioDiagnostics.RepeatedStatement, statement.Keyword);
        }
        place = word;
    }

    private Family? FamilyOf(Word word)
    {
        switch (word.Text)
        {
            case "ipv4":
                return Family.IPv4;
            case "ipv6":
                return Family.IPv6;
            default:
                Report(ScenarioDiagnostics.BadValue, word, "dump", "'ipv4' or 'ipv6' behind the path, or nothing");
                return null;
        }
    }

    private void Finish(ItemDraft? draft)
    {
        if (draft?.Finish(isComplete: !_hasSyntaxErrors) is { } item)
        {
            _items.Add(item);
        }
    }

    private void ReportRepeatedNames()
    {
        var first = new Dictionary<string, ScenarioItem>(StringComparer.Ordinal);
        foreach (var item in _items)
        {
            var kebab = Scenario.ToKebabCase(item.Name.Text);
            if (kebab.Length == 0)
            {
                Report(ScenarioDiagnostics.NameWithoutLetters, item.Name);
            }
            else if (!first.TryAdd(kebab, item))
            {
                var line = new Location(_text, first[kebab].Name.Span).Start.Line;
                Report(ScenarioDiagnostics.RepeatedName, item.Name, line.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private void Report(DiagnosticDescriptor descriptor, Word word, params ReadOnlySpan<string> more) =>
        _diagnostics.Report(descriptor.At(new Location(_text, word.Span), [word.Text, .. more]));
}
