using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>The command of a line while the line is read: <c>-A CHAIN</c>, <c>-I CHAIN 3</c>, <c>-P CHAIN DROP</c>.</summary>
internal sealed class CommandDraft(SyntaxTree tree, DiagnosticBag diagnostics)
{
    private RuleCommandKind? _kind;
    private int _token;
    private int? _chainToken;
    private int _chainOffset;
    private int? _valueToken;
    private int _position;

    public bool IsGiven => _kind is not null;

    /// <summary>Whether the command takes or names a rule.</summary>
    public bool HasRule => _kind is RuleCommandKind.Append or RuleCommandKind.Insert or RuleCommandKind.Replace
        or RuleCommandKind.DeleteByRule;

    public void Reset()
    {
        _kind = null;
        _chainToken = null;
        _chainOffset = 0;
        _valueToken = null;
        _position = 1;
    }

    /// <summary>Whether the command changes rules or chains without taking a rule.</summary>
    public bool RefusesRule => _kind is not (null or RuleCommandKind.Nothing) && !HasRule;

    /// <summary>Reads a command and what belongs to it.</summary>
    /// <param name="token">The command.</param>
    /// <param name="letter">Which one.</param>
    /// <param name="inlineOffset">Where the chain's name begins in that token (<c>-AINPUT</c>); 0 where it follows.</param>
    /// <param name="end">Index of the token behind the line.</param>
    /// <returns>Index of the token behind it.</returns>
    public int Read(int token, char letter, int inlineOffset, int end)
    {
        if (IsGiven)
        {
            Report(RuleDiagnostics.OptionTwice, token, tree.Tokens.GetText(token));
        }
        _token = token;
        var next = token + 1;
        if (inlineOffset > 0)
        {
            _chainToken = token;
            _chainOffset = inlineOffset;
        }
        else if (next < end && tree.Tokens.GetKind(next) == SyntaxKind.Argument)
        {
            _chainToken = next++;
            _chainOffset = 0;
        }
        var kind = KindOf(letter);
        if (kind is RuleCommandKind.Insert or RuleCommandKind.Replace or RuleCommandKind.DeleteByRule
            && next < end
            && XtablesNumber.TryParse(tree.Tokens.GetValue(next), int.MaxValue, out var number))
        {
            _position = (int)number;
            kind = kind == RuleCommandKind.DeleteByRule ? RuleCommandKind.DeleteByNumber : kind;
            next++;
        }
        else if (kind is RuleCommandKind.Policy or RuleCommandKind.Rename
            && next < end
            && tree.Tokens.GetKind(next) == SyntaxKind.Argument)
        {
            _valueToken = next++;
        }
        else if (kind == RuleCommandKind.Replace && _chainToken is not null)
        {
            Report(RuleDiagnostics.MissingValue, token, tree.Tokens.GetText(token), "a chain's name and a rule's number");
            kind = RuleCommandKind.Nothing;
        }
        if (_chainToken is null && kind is not (RuleCommandKind.DeleteChain or RuleCommandKind.Flush or RuleCommandKind.Nothing))
        {
            Report(RuleDiagnostics.MissingValue, token, tree.Tokens.GetText(token), "a chain's name");
            kind = RuleCommandKind.Nothing;
        }
        _kind = kind;
        return next;
    }

    /// <summary>Reports a rule on the line of a command that takes none, and one of too many addresses.</summary>
    /// <returns>Whether the command can be carried out, perhaps without the rule.</returns>
    public bool CanTake(RuleDraft rule)
    {
        if (RefusesRule && rule.HasOwnParts)
        {
            Refuse("it takes no rule");
        }
        else if (HasRule && rule.AddressLists.RuleCount is > AddressLists.MaxRules and var count)
        {
            Refuse($"its lists of addresses make {count.ToString("N0", CultureInfo.InvariantCulture)} rules");
            return false;
        }
        return true;
    }

    public RuleCommand ToCommand(ImmutableArray<BoundRule> rules) => new(
        _kind ?? RuleCommandKind.Nothing,
        _token,
        _chainToken,
        _chainOffset,
        _position,
        _valueToken,
        rules);

    private static RuleCommandKind KindOf(char letter) => letter switch
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

    private void Refuse(string why) => Report(RuleDiagnostics.UnusableCommand, _token, tree.Tokens.GetText(_token), why);

    private void Report(DiagnosticDescriptor descriptor, int token, params ImmutableArray<string> arguments) =>
        diagnostics.Report(descriptor.At(new Location(tree.Text, tree.Tokens.GetSpan(token)), arguments));
}
