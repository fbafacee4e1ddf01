using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Reads lines of options into commands and bound rules, as getopt_long and the xtables library read them.</summary>
/// <remarks>
/// Source: iptables/xshared.c, <c>do_parse</c>, and libxtables. A required value is taken even where it begins with
/// a dash; of extensions that share an option the one loaded last has it; an option that only the protocol's own
/// match knows loads that match. For one thread; reused from line to line.
/// </remarks>
internal sealed class RuleBinder
{
    private readonly SyntaxTree _tree;
    private readonly Family _family;
    private readonly Flavour _flavour;
    private readonly DiagnosticBag _diagnostics;
    private readonly OptionReader _reader;
    private readonly ExtensionChecker _checker;
    private readonly OptionResolver _resolver;
    private readonly CommandDraft _command;
    private readonly NameSuggestions _suggestions = new();
    private readonly RuleDraft _rule = new();

    private bool _isCommandLine;
    private bool _isForOtherFamily;
    private int? _listingOption;
    private int _end;

    public RuleBinder(SyntaxTree tree, Family family, Flavour flavour, DiagnosticBag diagnostics)
    {
        _tree = tree;
        _family = family;
        _flavour = flavour;
        _diagnostics = diagnostics;
        _reader = new OptionReader(tree, diagnostics) { Family = family, Flavour = flavour };
        _checker = new ExtensionChecker(diagnostics);
        _resolver = new OptionResolver(tree, diagnostics);
        _command = new CommandDraft(tree, diagnostics);
    }

    private Family OtherFamily => _family == Family.IPv4 ? Family.IPv6 : Family.IPv4;

    /// <summary>What a line asks for; null for a line of the other family, and, after reporting, where it cannot be told.</summary>
    /// <param name="line">The line.</param>
    /// <param name="table">The table it is for.</param>
    /// <param name="isCommandLine">Whether it stands outside a table, and so may name one with <c>-t</c>.</param>
    public RuleCommand? Bind(RuleSyntax line, TableBuilder table, bool isCommandLine)
    {
        _rule.Reset(line, table, _family, _flavour);
        _command.Reset();
        _isCommandLine = isCommandLine;
        _isForOtherFamily = false;
        _listingOption = null;
        var reportedBefore = _diagnostics.Count;
        _end = line.FirstToken + line.TokenCount;
        for (var token = line.FirstArgument; token < _end && !_isForOtherFamily;)
        {
            token = ReadArgument(token);
        }
        if (_isForOtherFamily)
        {
            _diagnostics.TakeBack(reportedBefore);
            return null;
        }
        if (!_command.IsGiven)
        {
            if (line.ArgumentCount > 0)
            {
                var span = TextSpan.FromBounds(_tree.Tokens.GetSpan(line.FirstArgument).Start, line.Span.End);
                Report(RuleDiagnostics.NoCommand.At(new Location(_tree.Text, span)));
            }
            return null;
        }
        if (_listingOption is { } listing && (_command.HasRule || _command.RefusesRule))
        {
            Report(RuleDiagnostics.OptionNeedsMatch, listing, _tree.Tokens.GetText(listing), "'-L'");
        }
        return !_command.CanTake(_rule) ? null
            : _command.ToCommand(_command.HasRule ? _rule.ToRules(line, _checker) : []);
    }

    /// <summary>Reads one option with its values.</summary>
    /// <returns>Index of the token behind them.</returns>
    private int ReadArgument(int token)
    {
        var negation = -1;
        if (_tree.Tokens.GetKind(token) == SyntaxKind.Bang)
        {
            negation = token++;
            if (token == _end || _tree.Tokens.GetKind(token) == SyntaxKind.Bang)
            {
                Report(SyntaxDiagnostics.DanglingNegation, negation);
                return token;
            }
        }
        if (!IsOption(token))
        {
            var word = _tree.Tokens.GetText(token);
            Report(RuleDiagnostics.UnexpectedArgument, token, word, NameSuggestions.ForWord(word, _rule));
            return token + 1;
        }
        var resolved = _resolver.Resolve(token, _rule);
        if (resolved.Outcome == OptionOutcome.NotFound && LoadProtocolMatch(token))
        {
            resolved = _resolver.Resolve(token, _rule);
        }
        switch (resolved.Outcome)
        {
            case OptionOutcome.BuiltIn:
                if (negation >= 0)
                {
                    Report(RuleDiagnostics.NotNegatable, token, _tree.Tokens.GetText(token));
                }
                return ReadBuiltIn(token, resolved);
            case OptionOutcome.OfExtension when resolved is { Spec: { } spec, Use: { } use }:
                return ReadOption(token, use, spec, resolved.InlineOffset, negation >= 0);
            case OptionOutcome.Reported:
                return SkipValues(token + 1);
            default:
                return KeepUnknown(token, negation);
        }
    }

    /// <summary>Where an option is unknown so far but <c>-p</c> names a protocol with a match of its own: loads that match.</summary>
    private bool LoadProtocolMatch(int token)
    {
        var context = _rule.Context;
        if (context.Protocol == 0
            || context.IsProtocolNegated
            || ExtensionCatalog.FindProtocolMatch(context.Protocol) is not { } match
            || (match.OnlyFamily is { } only && only != _family)
            || _rule.IsLoaded(match)
            || !_resolver.Knows(match, token, mayBeShort: _rule.FindUnknownUse() is null))
        {
            return false;
        }
        _rule.Load(match, match.Name, token, isTarget: false);
        return true;
    }

    private int ReadOption(int token, ExtensionUse use, OptionSpec spec, int inlineOffset, bool isNegated)
    {
        if (inlineOffset > 0 && spec.ValueCount == 0)
        {
            Report(RuleDiagnostics.UnexpectedArgument, token, _tree.Tokens.GetText(token)[inlineOffset..], "");
            return token + 1;
        }
        var firstValue = inlineOffset > 0 ? token : token + 1;
        if (!isNegated && IsOldNegation(spec, firstValue))
        {
            Report(RuleDiagnostics.OldNegation, firstValue, spec.Name, _tree.Tokens.GetText(firstValue + 1));
            isNegated = true;
            firstValue++;
        }
        var valueCount = spec.IsValueOptional && inlineOffset == 0 && !IsArgument(firstValue) ? 0 : spec.ValueCount;
        var next = firstValue + valueCount;
        if (next > _end)
        {
            use.HasUnreadOption = true;
            ReportMissingValue(token, spec.ValueCount == 1 ? "a value" : "more values");
            return _end;
        }
        if (isNegated && !spec.IsNegatable)
        {
            Report(RuleDiagnostics.NotNegatable, token, _tree.Tokens.GetText(token));
        }
        if (!spec.IsRepeatable && use.Has(spec))
        {
            Report(RuleDiagnostics.OptionTwice, token, spec.Name);
            return next;
        }
        _reader.MoveTo(spec.Name, isNegated, valueCount > 0, firstValue, inlineOffset);
        var isList = (spec == IpMatch.Source || spec == IpMatch.Destination) && _reader.Bytes().Contains((byte)',');
        if (isList && isNegated)
        {
            _reader.Fail(RuleDiagnostics.NegatedList, spec.Name);
        }
        var value = isList ? _rule.AddressLists.Read(spec, _reader) : spec.Read(_reader);
        if (value is null)
        {
            use.HasUnreadOption = true;
            _rule.IsProtocolUnread |= ReferenceEquals(spec, IpMatch.Protocol);
        }
        else
        {
            use.Add(new BoundOption(spec, isNegated, value, token));
            NoteBuiltInTest(spec, value, isNegated, token, firstValue);
        }
        return next;
    }

    /// <summary>What later options of the rule, and the checks, must know of the built-in tests.</summary>
    private void NoteBuiltInTest(OptionSpec spec, object value, bool isNegated, int token, int valueToken)
    {
        _rule.Note(spec, value, isNegated);
        var isEverything = value is ProtocolOption.Number { IsAny: true }
            || (value is AddressMask { IsAny: true } && _flavour == Flavour.Nft
                && (spec == IpMatch.Source || spec == IpMatch.Destination));
        if (isNegated && isEverything)
        {
            Report(RuleDiagnostics.NegatedEverything, valueToken, spec.Name, _tree.Tokens.GetText(valueToken));
        }
        if (spec == IpMatch.Fragment && _family == Family.IPv6)
        {
            Report(RuleDiagnostics.WrongFamily, token, "-f", AddressOption.FamilyName(_family));
        }
    }

    private int ReadBuiltIn(int token, ResolvedOption option)
    {
        var letter = option.Letter;
        if (BuiltInOptions.IsCommand(letter))
        {
            return _command.Read(token, letter, option.InlineOffset, _end);
        }
        switch (letter)
        {
            case '4' or '6':
                _isForOtherFamily |= (letter == '4') != (_family == Family.IPv4);
                return token + 1;
            case 'x' or 'n':
                _listingOption = token;
                return token + 1;
            case 'v':
                return token + 1;
            case 'h' or 'V':
                Report(RuleDiagnostics.UnusableCommand, token, _tree.Tokens.GetText(token), "the tool prints its text and ends");
                return token + 1;
            case 'w' or 'W':
                if (!_isCommandLine)
                {
                    Report(RuleDiagnostics.UnusableCommand, token, $"-{letter}", "it is an option of the program, not of a rule");
                }
                return IsArgument(token + 1) ? token + 2 : token + 1;
            default:
                break;
        }
        var valueToken = option.InlineOffset > 0 ? token : token + 1;
        if (letter == 'c')
        {
            _rule.Counters = CounterOption.Read(_tree, valueToken, option.InlineOffset, _end, out var next);
            if (_rule.Counters is null)
            {
                ReportMissingValue(token, "two numbers");
            }
            return next;
        }
        if (valueToken >= _end)
        {
            ReportMissingValue(token, "a value");
            return _end;
        }
        switch (letter)
        {
            case 'm':
                LoadMatch(valueToken, option.InlineOffset);
                break;
            case 'j' or 'g':
                SetTarget(token, valueToken, option.InlineOffset, letter == 'g');
                break;
            case 't' when !_isCommandLine:
                Report(RuleDiagnostics.UnusableCommand, token, "-t", "the section's '*' line names the table");
                break;
            default: // -t of a command line was read before; --modprobe says nothing of packets
                break;
        }
        return valueToken + 1;
    }

    private void LoadMatch(int token, int inlineOffset)
    {
        var name = _tree.Tokens.GetValue(token)[inlineOffset..];
        if (ExtensionCatalog.FindMatch(name, _family) is { } match)
        {
            _rule.Load(match, match.Name, token, isTarget: false);
            return;
        }
        var text = ByteText.GetString(name);
        if (ExtensionCatalog.FindMatch(name, OtherFamily) is not null)
        {
            Report(RuleDiagnostics.WrongFamily, token, text, AddressOption.FamilyName(_family));
        }
        else
        {
            Report(BindingDiagnostics.UnknownMatch, token, text, _suggestions.ForMatch(text, _family));
        }
        _rule.Load(null, text, token, isTarget: false);
    }

    private void SetTarget(int option, int token, int inlineOffset, bool isGoto)
    {
        if (_rule.HasTarget)
        {
            Report(RuleDiagnostics.OptionTwice, option, isGoto ? "-g" : "-j");
            return;
        }
        var name = _tree.Tokens.GetValue(token)[inlineOffset..];
        if (_rule.Table.TryFind(name, out var chain))
        {
            _rule.SetTarget(token, isGoto, chain.Symbol);
            if (chain.Symbol.Hook is not null)
            {
                Report(TableDiagnostics.JumpToBaseChain, token, chain.Symbol.Name);
            }
            return;
        }
        var text = ByteText.GetString(name);
        var target = isGoto ? null : ExtensionCatalog.FindTarget(name, _family);
        _rule.SetTarget(token, isGoto, null);
        _rule.Load(target, text, token, isTarget: true);
        if (target is null)
        {
            Report(WhyNoTarget(token, text, isGoto));
        }
    }

    private Diagnostic WhyNoTarget(int token, string text, bool isGoto)
    {
        var name = ByteText.GetBytes(text);
        var location = LocationOf(token);
        return !isGoto && ExtensionCatalog.FindTarget(name, OtherFamily) is not null
            ? RuleDiagnostics.WrongFamily.At(location, text, AddressOption.FamilyName(_family))
            : !isGoto && ForeignTargets.Contains(text)
                ? BindingDiagnostics.UnknownTarget.At(location, text)
                : BindingDiagnostics.UndeclaredChain.At(
                    location,
                    _rule.Table.Kind.Name(),
                    text,
                    _suggestions.ForCallee(text, _rule.Table, _family, isGoto));
    }

    /// <summary>Keeps an option that nothing knows, with its values, as a condition that may or may not hold.</summary>
    private int KeepUnknown(int token, int negation)
    {
        var next = SkipValues(token + 1);
        var words = Enumerable.Range(token, next - token).Select(index => RuleText.Argument(_tree.Tokens.GetText(index)));
        var text = string.Join(' ', negation >= 0 ? words.Prepend("!") : words);
        var name = _tree.Tokens.GetText(token);
        if (name == "--")
        {
            Report(RuleDiagnostics.UnexpectedArgument, token, name, ""); // the end of all options: the tools refuse what follows
        }
        else if (_rule.FindUnknownUse() is { } unknown && !OptionResolver.IsOfProtocol(name))
        {
            unknown.UnknownText.Append(' ').Append(text);
        }
        else if (OptionResolver.FindOwners(name) is { Length: > 0 } owners)
        {
            if (!_rule.IsProtocolUnread)
            {
                Report(RuleDiagnostics.OptionNeedsMatch, token, name, owners);
            }
        }
        else
        {
            Report(BindingDiagnostics.UnknownOption, token, name, _suggestions.ForOption(name, _rule));
            _rule.UnknownOptions.Add(new UnknownOption(name, text, token, IsMatch: false));
        }
        return next;
    }

    /// <summary>Whether <c>!</c> stands between an option and its value, as it did long ago.</summary>
    private bool IsOldNegation(OptionSpec spec, int token) => spec.IsNegatable && spec.ValueCount > 0
        && token + 1 < _end && _tree.Tokens.GetKind(token) == SyntaxKind.Bang && IsArgument(token + 1);

    private int SkipValues(int token)
    {
        while (IsArgument(token))
        {
            token++;
        }
        return token;
    }

    /// <summary>Whether a word is an option; quotes say nothing of that (<c>--comment="a b"</c>): the tools drop them first.</summary>
    private bool IsOption(int token) => _tree.Tokens.GetKind(token) == SyntaxKind.Option
        || (_tree.Tokens.GetKind(token) == SyntaxKind.Argument && _tree.Tokens.GetValue(token) is [(byte)'-', _, ..]);

    private bool IsArgument(int token) =>
        token < _end && _tree.Tokens.GetKind(token) == SyntaxKind.Argument && !IsOption(token);

    private Location LocationOf(int token) => new(_tree.Text, _tree.Tokens.GetSpan(token));

    private void Report(Diagnostic diagnostic) => _diagnostics.Report(diagnostic);

    private void Report(DiagnosticDescriptor descriptor, int token, params ImmutableArray<string> arguments) =>
        Report(descriptor.At(LocationOf(token), arguments));

    private void ReportMissingValue(int token, string what) =>
        Report(RuleDiagnostics.MissingValue, token, _tree.Tokens.GetText(token), what);
}
