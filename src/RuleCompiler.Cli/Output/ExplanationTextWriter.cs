using System.Text.RegularExpressions;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints descriptors of diagnostics: a line each, or one with explanation, example and corrected example.</summary>
internal sealed partial class ExplanationTextWriter(ResultOutput output, bool usesColor)
{
    private const int LineWidth = 80;
    private const int SeverityWidth = 7; // of 'warning'

    public void WriteList(IEnumerable<DiagnosticDescriptor> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            var severity = Problem.Word(descriptor.Severity).PadRight(SeverityWidth);
            WriteLine($"{descriptor.Id}  {severity}  {descriptor.Title}{NameOf(descriptor)}");
        }
    }

    public void Write(DiagnosticDescriptor descriptor)
    {
        output.Buffer.Append(usesColor ? Ansi.Bold : []);
        output.Buffer.Append($"{descriptor.Id}, {Problem.Word(descriptor.Severity)}: {descriptor.Title}{NameOf(descriptor)}");
        output.Buffer.Append(usesColor ? Ansi.Reset : []);
        WriteLine("");
        if (Placeholder().Replace(Addition().Replace(descriptor.Message, ""), "...") is var message && message != "...")
        {
            WriteLine("");
            WriteLine($"  {message}");
        }
        WriteLine("");
        WriteParagraphs(descriptor.Explanation);
        WriteExample("Example", descriptor.Example);
        WriteExample("Corrected", descriptor.Corrected);
    }

    /// <summary>How <c>--select</c> and <c>--ignore</c> call it; nothing where it is no check of lint.</summary>
    private static string NameOf(DiagnosticDescriptor descriptor) =>
        Linter.Checks.FirstOrDefault(check => check.Id == descriptor.Id) is { } check ? $" ({check.Name})" : "";

    /// <summary>Fills lines; an empty line of the text stays one.</summary>
    private void WriteParagraphs(string text)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n"))
        {
            var line = "";
            foreach (var word in paragraph.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > LineWidth)
                {
                    WriteLine(line);
                    line = "";
                }
                line = line.Length == 0 ? word : $"{line} {word}";
            }
            WriteLine(line);
        }
    }

    private void WriteExample(string title, string markup)
    {
        if (markup.Length == 0)
        {
            return;
        }
        WriteLine("");
        WriteLine($"{title}:");
        WriteLine("");
        foreach (var line in markup.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            var (text, carets) = MarkedLine.Read(line);
            WriteLine($"    {text}".TrimEnd());
            if (carets.Length > 0)
            {
                output.Buffer.Append(usesColor ? Ansi.Red : []);
                output.Buffer.Append($"    {carets}");
                output.Buffer.Append(usesColor ? Ansi.Reset : []);
                WriteLine("");
            }
        }
    }

    private void WriteLine(string line)
    {
        output.Buffer.AppendDisplayed(line);
        output.Buffer.Append((byte)'\n');
    }

    /// <summary>A placeholder that clings to the last word: it only adds to the message, as a suggestion does.</summary>
    [GeneratedRegex(@"(?<=\S)\{\d+\}$")]
    private static partial Regex Addition();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();
}
