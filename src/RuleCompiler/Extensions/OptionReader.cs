using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Extensions;

/// <summary>Gives an <see cref="OptionSpec"/> the arguments of one option, and takes its complaints.</summary>
/// <remarks>One object serves a whole binder; <see cref="MoveTo"/> sets it on the next option.</remarks>
internal sealed class OptionReader(SyntaxTree tree, DiagnosticBag diagnostics)
{
    private int _firstValue;
    private int _inlineOffset;
    private int _inlineLength = int.MaxValue;

    public Family Family { get; set; }

    public Flavour Flavour { get; set; }

    /// <summary>The option as the user spelt it, for messages.</summary>
    public string OptionName { get; private set; } = "";

    /// <summary>Whether <c>!</c> stands before the option.</summary>
    public bool IsNegated { get; private set; }

    /// <summary>Whether the option has a value: false for a flag, and where an optional one is left out.</summary>
    public bool HasValue { get; private set; }

    /// <param name="optionName">As spelt.</param>
    /// <param name="isNegated">Whether <c>!</c> stands before it.</param>
    /// <param name="firstValue">Index of the first value's token.</param>
    /// <param name="hasValue">Whether the option has a value at all.</param>
    /// <param name="inlineOffset">For <c>--option=value</c> and <c>-pvalue</c>: where in that token the value begins; else 0.</param>
    public void MoveTo(string optionName, bool isNegated, bool hasValue, int firstValue, int inlineOffset = 0)
    {
        HasValue = hasValue;
        OptionName = optionName;
        IsNegated = isNegated;
        _firstValue = firstValue;
        _inlineOffset = inlineOffset;
        _inlineLength = int.MaxValue;
    }

    /// <summary>Narrows the first value to one part of a list with commas.</summary>
    /// <param name="part">0-based.</param>
    /// <returns>False where the list has no such part.</returns>
    public bool MoveToListPart(int part)
    {
        _inlineLength = int.MaxValue;
        if (part > 0)
        {
            var comma = Bytes().IndexOf((byte)',');
            if (comma < 0)
            {
                return false;
            }
            _inlineOffset += comma + 1;
        }
        var length = Bytes().IndexOf((byte)',');
        _inlineLength = length < 0 ? int.MaxValue : length;
        return true;
    }

    /// <summary>A value's bytes, quotes resolved.</summary>
    public ReadOnlySpan<byte> Bytes(int index = 0)
    {
        var value = tree.Tokens.GetValue(_firstValue + index);
        if (index > 0)
        {
            return value;
        }
        value = value[_inlineOffset..];
        return value.Length > _inlineLength ? value[.._inlineLength] : value;
    }

    /// <summary>A value as text.</summary>
    public string Text(int index = 0) => ByteText.GetString(Bytes(index));

    /// <summary>Reports at a value's span, or a part of it.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool Fail(DiagnosticDescriptor descriptor, params ImmutableArray<string> arguments) => FailAt(0, descriptor, arguments);

    /// <inheritdoc cref="Fail"/>
    public bool FailAt(int index, DiagnosticDescriptor descriptor, params ImmutableArray<string> arguments)
    {
        var span = tree.Tokens.GetSpan(_firstValue + index);
        if (index == 0 && (_inlineOffset > 0 || _inlineLength < span.Length))
        {
            span = new TextSpan(span.Start + _inlineOffset, Math.Min(_inlineLength, span.Length - _inlineOffset));
        }
        diagnostics.Report(descriptor.At(new Location(tree.Text, span), arguments));
        return false;
    }
}
