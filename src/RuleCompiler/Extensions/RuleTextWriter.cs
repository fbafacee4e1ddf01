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

    public void Hex(ulong value) => Word("0x" + value.ToString("x", CultureInfo.InvariantCulture));

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

    public override string ToString() => _text.ToString();
}
