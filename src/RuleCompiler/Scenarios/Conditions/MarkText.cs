using RuleCompiler.Packets;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary>Reads marks: a number, perhaps a mask behind a slash.</summary>
internal static class MarkText
{
    /// <returns>Null where the text is no mark.</returns>
    public static MaskedNumber? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var value = ClauseWords.FindNumber(slash < 0 ? text : text[..slash]);
        var mask = slash < 0 ? uint.MaxValue : ClauseWords.FindNumber(text[(slash + 1)..]);
        return value is { } v && mask is { } m ? new MaskedNumber(v, m) : null;
    }
}
