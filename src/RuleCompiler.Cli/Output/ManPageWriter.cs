using System.CommandLine;
using System.Text;
using RuleCompiler.Cli.Commands;

namespace RuleCompiler.Cli.Output;

/// <summary>Writes the manual page in the macros of man(7).</summary>
internal sealed class ManPageWriter
{
    private readonly StringBuilder _text = new();

    private ManPageWriter()
    {
    }

    /// <summary>The page of the tool with all its commands.</summary>
    public static string Write(Command root)
    {
        var writer = new ManPageWriter();
        writer.WritePage(root);
        return writer._text.ToString();
    }

    private void WritePage(Command root)
    {
        Line($".TH RULEC 1 {Rulec.ReleaseDate} \"rulec {Rulec.Version}\" \"User Commands\"");
        Section("NAME");
        Text("rulec - a compiler for iptables-save text");
        Section("SYNOPSIS");
        Bold(CommandReference.Usage(root));
        Section("DESCRIPTION");
        Text($"{root.Description}.");
        Line(".PP");
        Text("A FILE is what iptables-save or ip6tables-save printed, or a log that contains it; '-' is standard input, and .gz is read too.");
        Section("EXAMPLES");
        WriteExamples(CommandCatalog.FirstSteps);
        Section("COMMANDS");
        foreach (var (command, source) in root.Subcommands.Select(c => (c, CommandCatalog.Create().FirstOrDefault(s => s.Name == c.Name))))
        {
            Line($".SS {Escape(CommandReference.Usage(command))}");
            Text($"{command.Description}.");
            WriteExamples(source?.Examples ?? []);
            WriteRows(CommandReference.Arguments(command));
            WriteRows(CommandReference.Options(command));
        }
        Section("COMMON OPTIONS");
        WriteRows(CommandReference.CommonOptions(root));
        Section("EXIT STATUS");
        WriteRows([("0", "Done, nothing found."), ("1", "Done, and there is something to see."), ("2", "It could not be done.")]);
        Section("SEE ALSO");
        Text("iptables-save(8), ip6tables-save(8), iptables-extensions(8)");
    }

    private void WriteExamples(IEnumerable<CommandExample> examples)
    {
        foreach (var (commandLine, purpose) in examples)
        {
            Line(".TP");
            Text($"{purpose}:");
            Bold(commandLine);
        }
    }

    private void WriteRows(IEnumerable<(string Name, string Meaning)> rows)
    {
        foreach (var (name, meaning) in rows)
        {
            Line(".TP");
            Bold(name);
            Text(meaning.Length > 0 ? meaning : name);
        }
    }

    private void Section(string title) => Line($".SH \"{title}\"");

    private void Bold(string text) => Line($"\\fB{Escape(text)}\\fR");

    private void Text(string text) => Line(Escape(text));

    private void Line(string line) => _text.Append(line).Append('\n');

    /// <summary>No character of the text is markup; a dash is one, not a hyphen, so that it can be copied.</summary>
    private static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped is ['.' or '\'', ..] ? $"\\&{escaped}" : escaped;
    }
}
