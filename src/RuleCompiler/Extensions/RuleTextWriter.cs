using System.Globalization;
using System.Text;

namespace RuleCompiler.Extensions;

/// <summary>Builds rule text as iptables-save prints it: words with one blank between, quoted where needed.</summary>
internal sealed class RuleTextWriter
{
    private readonly StringBuilder _text = new();

    public void Option(string name, bool isNegated = false)
    {
        if (isNegated)
        {
            Word("!");
        }
        Word(name);
    }

    /// <summary>A word that needs no quotes.</summary>
    public void Word(string word)
    {
        if (_text.Length > 0)
        {
            _text.Append(' ');
        }
        _text.Append(word);
    }

    public void Number(ulong value) => Word(value.ToString(CultureInfo.InvariantCulture));

    /// <param name="value">The number.</param>
    /// <param name="digits">How many digits at least; zeros fill them.</param>
    public void Hex(ulong value, int digits = 0) =>
        Word("0x" + value.ToString("x", CultureInfo.InvariantCulture).PadLeft(digits, '0'));

    /// <summary>Text of a user: bare where it is not empty and made of letters, digits, <c>_</c> and <c>-</c> only.</summary>
    /// <remarks>Source: libxtables/xtables.c, <c>xtables_save_string</c>.</remarks>
    public void Text(string text)
    {
        if (text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            Word(text);
            return;
        }
        Word("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\' or '\'')
            {
                _text.Append('\\');
            }
            _text.Append(c);
        }
        _text.Append('"');
    }

    /// <summary>Text of a user as it is, as some extensions print it; in quotes only where it could not be read again.</summary>
    public void Bare(string text)
    {
        if (IsReadAsIs(text))
        {
            Word(text);
        }
        else
        {
            Text(text);
        }
    }

    /// <summary>Whether a word is read as itself, without quotes.</summary>
    public static bool IsReadAsIs(string word) => word is not ("" or "!") && word.AsSpan().IndexOfAny(" \t\r\"") < 0;

    /// <summary>Text of a user in quotes whatever it is, as the few extensions print it that do so themselves.</summary>
    public void Quoted(string text) => Word($"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");

    public override string ToString() => _text.ToString();
}
