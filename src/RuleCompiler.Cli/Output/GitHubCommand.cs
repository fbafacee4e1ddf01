using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>A workflow command of GitHub Actions: <c>::error file=a,line=1::message</c>.</summary>
/// <remarks>Source: actions/toolkit, packages/core/src/command.ts.</remarks>
internal static class GitHubCommand
{
    /// <param name="buffer">Where to.</param>
    /// <param name="command"><c>error</c>, <c>warning</c> or <c>notice</c>.</param>
    /// <param name="path">The file that it is about.</param>
    /// <param name="place">Line and column, 1-based.</param>
    /// <param name="title">A few words.</param>
    /// <param name="message">The rest, perhaps of several lines.</param>
    public static void Write(Utf8Buffer buffer, string command, string path, LinePosition place, string title, string message)
    {
        buffer.Append("::"u8);
        buffer.Append(command);
        buffer.Append(" file="u8);
        buffer.Append(Property(path));
        buffer.Append(",line="u8);
        buffer.AppendNumber(place.Line);
        buffer.Append(",col="u8);
        buffer.AppendNumber(place.Column);
        buffer.Append(",title="u8);
        buffer.Append(Property(title));
        buffer.Append("::"u8);
        buffer.Append(Data(message));
        buffer.Append((byte)'\n');
    }

    /// <summary>Text behind the second <c>::</c>; one that would begin a command of its own does not.</summary>
    private static string Data(string text) => DisplayText.Escape(text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal));

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
