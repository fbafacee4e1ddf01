using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Formatting;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec format</c>: a dump as iptables-save itself prints it, or whether it is one already.</summary>
internal sealed class FormatCommand : RulecCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The dump: iptables-save text, '-' for standard input, may be .gz",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Print no dump; exit 1 if it differs from its canonical form, comments and counters aside",
    };

    private readonly Option<bool> _diff = new("--diff")
    {
        Description = "Print what would change, as a unified diff; exit 1 if anything does",
    };

    private readonly Option<string?> _output = new("-o", "--output")
    {
        HelpName = "OUT",
        Description = "Write to this file instead of standard output; it may be FILE itself",
    };

    private readonly DumpOptions _dump = new();

    public override string Name => "format";

    public override string Summary => "Prints a dump as iptables-save itself prints it";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec format rules.v4 -o rules.v4", "Brings a file into canonical form, comments kept"),
        new("rulec format rules.v4 --diff", "What that would change"),
        new("rulec format rules.v4 --check", "Whether it is canonical, for CI: exit 1 if not"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_file);
        command.Add(_check);
        command.Add(_diff);
        command.Add(_output);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var path = DumpFile.Resolve(arguments.GetValue(_file), session);
        if (DumpCompiler.Compile(path, _dump.Read(arguments), session) is not { } compilation)
        {
            return ExitCode.Failed;
        }
        var dump = compilation.Tree.Text;
        var canonical = DumpFormatter.Format(compilation);
        var isCheck = arguments.GetValue(_check);
        var isDiff = arguments.GetValue(_diff);
        if (isDiff || !isCheck)
        {
            using var output = ResultOutput.Open(session, arguments.GetValue(_output));
            if (isDiff)
            {
                WriteDiff(dump, canonical, output.Buffer);
            }
            else
            {
                output.Buffer.Append(canonical.Bytes);
            }
            output.Complete();
        }
        return isCheck ? Check(dump, canonical, session)
            : isDiff && !dump.Bytes.SequenceEqual(canonical.Bytes) ? ExitCode.Found
            : ExitCode.Done;
    }

    private static void WriteDiff(SourceText dump, SourceText canonical, Utf8Buffer output)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        UnifiedDiff.Write(writer, dump.Path, dump.Path, ByteText.GetString(dump.Bytes), ByteText.GetString(canonical.Bytes));
        ByteText.AppendTo(output, writer.ToString());
    }

    private static int Check(SourceText dump, SourceText canonical, Session session)
    {
        if (CanonicalCheck.FindDifference(dump, canonical) is not { } line)
        {
            return ExitCode.Done;
        }
        session.Say(string.Create(CultureInfo.InvariantCulture, $"{dump.Path}({line}): not in canonical form from this line on"));
        return ExitCode.Found;
    }
}
