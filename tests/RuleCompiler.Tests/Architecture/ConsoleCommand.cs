using System.Globalization;
using System.Text.RegularExpressions;

namespace RuleCompiler.Tests.Architecture;

/// <summary>A command that a document shows in a <c>console</c> block, with what it prints.</summary>
/// <remarks>
/// In the block, <c>$ </c> begins a command (a backslash at its end continues it), and what follows up to the next
/// one is its output, both streams as a terminal shows them. A line <c>...</c> stands for any lines. The exit code
/// is 0 unless the command ends in a comment such as <c># exits 1</c>.
/// </remarks>
/// <param name="Line">The command's line in the document, 1-based.</param>
internal sealed partial record ConsoleCommand(int Line, string Text, string Output)
{
    /// <summary>The exit code the document tells.</summary>
    public int ExitCode =>
        ExitComment().Match(Text) is { Success: true } comment
            ? int.Parse(comment.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 0;

    /// <summary>The commands of all <c>console</c> blocks of a Markdown text, in order.</summary>
    public static IEnumerable<ConsoleCommand> InMarkdown(string markdown)
    {
        var lines = markdown.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index] != "```console")
            {
                continue;
            }
            var end = Array.IndexOf(lines, "```", index);
            for (index++; index < end;)
            {
                var line = index + 1;
                var text = lines[index++];
                if (!text.StartsWith("$ ", StringComparison.Ordinal))
                {
                    throw new FormatException($"line {line}: a console block begins with a command: $ COMMAND");
                }
                while (text.EndsWith('\\') && index < end)
                {
                    text += $"\n{lines[index++]}";
                }
                var output = lines[index..end].TakeWhile(next => !next.StartsWith("$ ", StringComparison.Ordinal)).ToList();
                index += output.Count;
                yield return new ConsoleCommand(line, text[2..], string.Join('\n', output));
            }
        }
    }

    /// <summary>True when <paramref name="actual"/> is the output the document shows, figures of time aside.</summary>
    public bool Prints(string actual) => Matches(Lines(Output), Lines(actual));

    private static bool Matches(ReadOnlySpan<string> shown, ReadOnlySpan<string> actual) => shown switch
    {
        [] => actual.IsEmpty,
        ["...", .. var rest] => Matches(rest, actual) || (!actual.IsEmpty && Matches(shown, actual[1..])),
        [var line, .. var rest] => !actual.IsEmpty && actual[0] == line && Matches(rest, actual[1..]),
    };

    private static string[] Lines(string output) => TimeFigure().Replace(output.TrimEnd('\n'), "TIME").Split('\n');

    [GeneratedRegex(@"# exits (\d+)\s*$")]
    private static partial Regex ExitComment();

    [GeneratedRegex(@"\b\d+(\.\d+)? ?(ms|s)\b")]
    private static partial Regex TimeFigure();
}
