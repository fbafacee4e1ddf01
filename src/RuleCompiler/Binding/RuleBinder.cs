using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
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
    private readonly List<ExtensionUse> _pool = [];
    private readonly List<UnknownOption> _unknownOptions = [];
    private readonly AddressLists _addressLists = new();

    private TableBuilder _table = new(TableKind.Filter);
    private RuleContext? _context;
    private readonly ExtensionUse _ip = new();
    private int _useCount;
    private ExtensionUse? _target;
    private ChainSymbol? _callee;
    private string? _unknownTarget;
    private bool _isGoto;
    private int _jumpToken;
    private RuleCommandKind? _command;
    private int _commandToken;
    private int? _chainToken;
    private int? _valueToken;
    private int _position;
    private bool _isOtherFamily;
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
    }

    /// <summary>What a line asks for; null, after reporting, where that cannot be told.</summary>
    /// <param name="line">The line.</param>
    /// <param name="table">The table it is for.</param>
    /// <param name="isCommandLine">Whether it stands outside a table, and so may name one with <c>-t</c>.</param>
    public RuleCommand? Bind(RuleSyntax line, TableBuilder table, bool isCommandLine)
    {
        Reset(line, table);
        for (var token = line.FirstArgument; token < _end;)
        {
            token = ReadArgument(token, isCommandLine);
        }
        if (_command is not { } command)
        {
            var start = _tree.Tokens.GetSpan(line.FirstArgument).Start;
            var span = TextSpan.FromBounds(start, Math.Max(start, line.Span.End));
            _diagnostics.Report(RuleDiagnostics.NoCommand.At(new Location(_tree.Text, span)));
            return null;
        }
        var makesRule = command is RuleCommandKind.Append or RuleCommandKind.Insert or RuleCommandKind.Replace
            or RuleCommandKind.DeleteByRule;
        var rules = makesRule ? MakeRules(line) : [];
        return new RuleCommand(
            _isOtherFamily ? RuleCommandKind.Nothing : command, _commandToken, _chainToken, _position, _valueToken, rules);
    }

    private void Reset(RuleSyntax line, TableBuilder table)
    {
        _table = table;
        _context = new RuleContext { Tree = _tree, Family = _family, Flavour = _flavour, Table = table.Kind };
        _ip.Reset(ExtensionCatalog.Ip, "ip", line.FirstArgument, isTarget: false);
        _useCount = 0;
        _target = null;
        _callee = null;
        _unknownTarget = null;
        _isGoto = false;
        _command = null;
        _chainToken = null;
        _valueToken = null;
        _position = 1;
        _isOtherFamily = false;
        _end = line.FirstToken + line.TokenCount;
        _unknownOptions.Clear();
        _addressLists.Clear();
    }

    /// <summary>Reads one option with its values.</summary>
    /// <returns>Index of the token behind them.</returns>
    private int ReadArgument(int token, bool isCommandLine)
    {
        var negation = -1;
        if (_tree.Tokens.GetKind(token) == SyntaxKind.Bang)
        {
            negation = token++;
            if (token == _end || _tree.Tokens.GetKind(token) != SyntaxKind.Option)
            {
                Report(RuleDiagnostics.StrayNegation, negation);
                return token;
            }
        }
        if (_tree.Tokens.GetKind(token) != SyntaxKind.Option)
        {
            Report(RuleDiagnostics.UnexpectedArgument, token, _tree.Tokens.GetText(token));
            return token + 1;
        }
        var resolved = _resolver.Resolve(token, _ip, _pool, _useCount);
        if (resolved.Outcome == OptionOutcome.NotFound && LoadProtocolMatch(token))
        {
            resolved = _resolver.Resolve(token, _ip, _pool, _useCount);
        }
        switch (resolved.Outcome)
        {
            case OptionOutcome.BuiltIn:
                if (negation >= 0)
                {
                    Report(RuleDiagnostics.StrayNegation, negation);
                }
                return ReadBuiltIn(token, resolved, isCommandLine);
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
        if (_context is not { Protocol: > 0 } context
            || ExtensionCatalog.FindProtocolMatch(context.Protocol) is not { } match
            || (match.OnlyFamily is { } only && only != _family)
            || context.IsProtocolNegated
            || IsLoaded(match)
            || !_resolver.Knows(match, token))
        {
            return false;
        }
        Load(match, match.Name, token, isTarget: false);
        return true;
    }

    private bool IsLoaded(Extension extension)
    {
        for (var i = 0; i < _useCount; i++)
        {
            if (ReferenceEquals(_pool[i].Extension, extension))
            {
                return true;
            }
        }
        return false;
    }

    private ExtensionUse Load(Extension? extension, string name, int token, bool isTarget)
    {
        if (_useCount == _pool.Count)
        {
            _pool.Add(new ExtensionUse());
        }
        var use = _pool[_useCount++];
        use.Reset(extension, name, token, isTarget);
        return use;
    }

    private int ReadOption(int token, ExtensionUse use, OptionSpec spec, int inlineOffset, bool isNegated)
    {
        var firstValue = inlineOffset > 0 ? token : token + 1;
        var next = firstValue + spec.ValueCount;
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
        _reader.MoveTo(spec.Name, isNegated, firstValue, inlineOffset);
        if (spec is AddressOption && _reader.Bytes().Contains((byte)','))
        {
            if (_addressLists.Read(spec, _reader) is { } first)
            {
                use.Add(new BoundOption(spec, isNegated, first, token));
            }
            return next;
        }
        if (spec.Read(_reader) is { } value)
        {
            use.Add(new BoundOption(spec, isNegated, value, token));
            NoteBuiltInTest(spec, value, isNegated, firstValue);
        }
        else
        {
            use.HasUnreadOption = true;
        }
        return spec.ValueCount == 0 ? token + 1 : next;
    }

    /// <summary>What later options of the rule, and the checks, must know of the built-in tests.</summary>
    private void NoteBuiltInTest(OptionSpec spec, object value, bool isNegated, int valueToken)
    {
        var isEverything = false;
        switch (value)
        {
            case ProtocolOption.Number number when _context is { } context:
                context.Protocol = number.Value;
                context.IsProtocolNegated = isNegated;
                isEverything = number.IsAny;
                break;
            case AddressMask address when spec == IpMatch.Source || spec == IpMatch.Destination:
                isEverything = address.IsAny && _flavour == Flavour.Nft;
                break;
            default:
                break;
        }
        if (isNegated && isEverything)
        {
            Report(RuleDiagnostics.NegatedEverything, valueToken, spec.Name, _tree.Tokens.GetText(valueToken));
        }
        if (spec == IpMatch.Fragment && _family == Family.IPv6)
        {
            Report(RuleDiagnostics.WrongFamily, valueToken - 1, "-f", AddressOption.FamilyName(_family));
        }
    }

    private int ReadBuiltIn(int token, ResolvedOption option, bool isCommandLine)
    {
        var letter = option.Letter;
        if (BuiltInOptions.IsCommand(letter))
        {
            return ReadCommand(token, option);
        }
        switch (letter)
        {
            case '4' or '6':
                _isOtherFamily |= (letter == '4') != (_family == Family.IPv4);
                return token + 1;
            case 'v' or 'x' or 'n':
                return token + 1;
            case 'w' or 'W':
                return token + 1 < _end && _tree.Tokens.GetKind(token + 1) == SyntaxKind.Argument ? token + 2 : token + 1;
            case 'c':
                return SkipCounters(token);
            default:
                break;
        }
        var valueToken = option.InlineOffset > 0 ? token : token + 1;
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
            case 't' when !isCommandLine:
                Report(RuleDiagnostics.UnusableCommand, token, "-t", "the section's '*' line names the table");
                break;
            default: // -t of a command line was read before; --modprobe says nothing of packets
                break;
        }
        return valueToken + 1;
    }

    private int SkipCounters(int token)
    {
        if (token + 2 >= _end)
        {
            ReportMissingValue(token, "two numbers");
            return _end;
        }
        return token + 3;
    }

    private int ReadCommand(int token, ResolvedOption option)
    {
        if (_command is not null)
        {
            Report(RuleDiagnostics.OptionTwice, token, _tree.Tokens.GetText(token));
        }
        _commandToken = token;
        var next = token + 1;
        if (option.InlineOffset > 0)
        {
            _chainToken = token;
        }
        else if (next < _end && _tree.Tokens.GetKind(next) == SyntaxKind.Argument)
        {
            _chainToken = next++;
        }
        _command = option.Letter switch
        {
            'A' => RuleCommandKind.Append,
            'I' => RuleCommandKind.Insert,
            'R' => RuleCommandKind.Replace,
            'D' => RuleCommandKind.DeleteByRule,
            'N' => RuleCommandKind.NewChain,
            'X' => RuleCommandKind.DeleteChain,
            'F' => RuleCommandKind.Flush,
            'P' => RuleCommandKind.Policy,
            'E' => RuleCommandKind.Rename,
            _ => RuleCommandKind.Nothing,
        };
        if (_command is RuleCommandKind.Insert or RuleCommandKind.Replace or RuleCommandKind.DeleteByRule
            && next < _end
            && XtablesNumber.TryParse(_tree.Tokens.GetValue(next), int.MaxValue, out var number))
        {
            _position = (int)number;
            _command = _command == RuleCommandKind.DeleteByRule ? RuleCommandKind.DeleteByNumber : _command;
            return next + 1;
        }
        if (_command is RuleCommandKind.Policy or RuleCommandKind.Rename && next < _end)
        {
            _valueToken = next++;
        }
        if (_chainToken is null && _command is not (RuleCommandKind.DeleteChain or RuleCommandKind.Flush or RuleCommandKind.Nothing))
        {
            ReportMissingValue(token, "a chain's name");
            _command = RuleCommandKind.Nothing;
        }
        return next;
    }

    private void LoadMatch(int token, int inlineOffset)
    {
        var name = _tree.Tokens.GetValue(token)[inlineOffset..];
        if (ExtensionCatalog.FindMatch(name, _family) is { } match)
        {
            Load(match, match.Name, token, isTarget: false);
            return;
        }
        var text = System.Text.Encoding.UTF8.GetString(name);
        if (ExtensionCatalog.FindMatch(name, OtherFamily) is not null)
        {
            Report(RuleDiagnostics.WrongFamily, token, text, AddressOption.FamilyName(_family));
        }
        else
        {
            Report(BindingDiagnostics.UnknownMatch, token, text);
        }
        Load(null, text, token, isTarget: false);
    }

    private void SetTarget(int option, int token, int inlineOffset, bool isGoto)
    {
        if (_target is not null || _callee is not null)
        {
            Report(RuleDiagnostics.OptionTwice, option, isGoto ? "-g" : "-j");
            return;
        }
        _jumpToken = token;
        var name = _tree.Tokens.GetValue(token)[inlineOffset..];
        if (_table.TryFind(name, out var chain))
        {
            _callee = chain.Symbol;
            _isGoto = isGoto;
            if (chain.Symbol.Hook is not null)
            {
                Report(TableDiagnostics.JumpToBaseChain, token, chain.Symbol.Name);
            }
            return;
        }
        var text = System.Text.Encoding.UTF8.GetString(name);
        if (isGoto)
        {
            Report(BindingDiagnostics.UndeclaredChain, token, _table.Kind.Name(), text);
            _target = Load(null, text, token, isTarget: true);
            return;
        }
        var target = ExtensionCatalog.FindTarget(name, _family);
        _target = Load(target, text, token, isTarget: true);
        if (target is not null)
        {
            return;
        }
        _unknownTarget = text;
        Report(
            ExtensionCatalog.FindTarget(name, OtherFamily) is not null
                ? RuleDiagnostics.WrongFamily.At(LocationOf(token), text, AddressOption.FamilyName(_family))
                : ForeignTargets.Contains(text)
                    ? BindingDiagnostics.UnknownTarget.At(LocationOf(token), text)
                    : BindingDiagnostics.UndeclaredChain.At(LocationOf(token), _table.Kind.Name(), text));
    }

    private Family OtherFamily => _family == Family.IPv4 ? Family.IPv6 : Family.IPv4;

    /// <summary>Keeps an option that nothing knows, with its values, as a condition that may or may not hold.</summary>
    private int KeepUnknown(int token, int negation)
    {
        var next = SkipValues(token + 1);
        var start = _tree.Tokens.GetSpan(negation >= 0 ? negation : token).Start;
        var text = _tree.Text.ToString(TextSpan.FromBounds(start, _tree.Tokens.GetSpan(next - 1).End));
        for (var i = _useCount - 1; i >= 0; i--)
        {
            if (_pool[i].Extension is null)
            {
                _pool[i].UnknownText.Append(' ').Append(text);
                return next;
            }
        }
        var name = _tree.Tokens.GetText(token);
        if (OptionResolver.FindOwners(name) is { Length: > 0 } owners)
        {
            Report(RuleDiagnostics.OptionNeedsMatch, token, name, owners);
        }
        else
        {
            Report(BindingDiagnostics.UnknownOption, token, name);
            _unknownOptions.Add(new UnknownOption(name, text));
        }
        return next;
    }

    private int SkipValues(int token)
    {
        while (token < _end && _tree.Tokens.GetKind(token) == SyntaxKind.Argument)
        {
            token++;
        }
        return token;
    }

    private ImmutableArray<BoundRule> MakeRules(RuleSyntax line)
    {
        if (_context is not { } context)
        {
            return [];
        }
        var matches = ImmutableArray.CreateBuilder<BoundMatch>(_useCount + 1);
        BoundTarget? target = null;
        for (var i = 0; i < _useCount; i++)
        {
            var use = _pool[i];
            switch (use.Extension)
            {
                case MatchExtension extension:
                    var match = new BoundMatch(extension, context, use.NameToken, use.ToOptions());
                    Check(use, match);
                    matches.Add(match);
                    break;
                case TargetExtension extension:
                    target = new BoundTarget(extension, context, use.NameToken, use.ToOptions());
                    Check(use, target);
                    break;
                case null when !use.IsTarget:
                    _unknownOptions.Add(new UnknownOption(use.Name, use.Name + use.UnknownText));
                    break;
                default:
                    break;
            }
        }
        var rules = ImmutableArray.CreateBuilder<BoundRule>(1);
        foreach (var ip in _addressLists.Expand(_ip, context))
        {
            rules.Add(new BoundRule
            {
                Line = line.LineNumber,
                Span = line.Span,
                Matches = ip is null ? matches.ToImmutable() : [ip, .. matches],
                Target = target,
                Callee = _callee,
                IsGoto = _isGoto,
                JumpToken = _jumpToken,
                UnknownTarget = _unknownTarget,
                UnknownOptions = [.. _unknownOptions],
            });
        }
        return rules.DrainToImmutable();
    }

    private void Check(ExtensionUse use, BoundExtension bound)
    {
        if (use is { Extension: { } extension, HasUnreadOption: false })
        {
            UseChecker.Check(bound, extension, _checker);
        }
    }

    private Location LocationOf(int token) => new(_tree.Text, _tree.Tokens.GetSpan(token));

    private void Report(Diagnostic diagnostic) => _diagnostics.Report(diagnostic);

    private void Report(DiagnosticDescriptor descriptor, int token, params ImmutableArray<string> arguments) =>
        Report(descriptor.At(LocationOf(token), arguments));

    private void ReportMissingValue(int token, string what) =>
        Report(RuleDiagnostics.MissingValue, token, _tree.Tokens.GetText(token), what);
}
