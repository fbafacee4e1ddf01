using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli.Commands;

/// <summary><c>rulec compile</c>: a dump's decision tables, for a person, a program or Graphviz.</summary>
internal sealed class CompileCommand : RulecCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The dump: iptables-save text, '-' for standard input, may be .gz",
    };

    private readonly Option<string> _emit = new Option<string>("--emit")
    {
        HelpName = "table|json|dot",
        Description = "What to print: tables to read (the default), JSON, or the calls between chains for Graphviz",
        DefaultValueFactory = _ => "table",
    }.AcceptOnlyFromAmong("table", "json", "dot");

    private readonly Option<string?> _output = new("-o", "--output")
    {
        HelpName = "OUT",
        Description = "Write to this file instead of standard output",
    };

    private readonly DumpOptions _dump = new();

    public override string Name => "compile";

    public override string Summary => "Prints the decision tables of a dump";

    public override ImmutableArray<CommandExample> Examples { get; } =
    [
        new("rulec compile pod.rules", "Each chain with its rules: what they ask and what they do"),
        new("iptables-save | rulec compile --emit json -o tables.json", "The same for programs, from a pipe"),
        new("rulec compile pod.rules --emit dot | dot -Tsvg > calls.svg", "Which chain calls which"),
    ];

    public override void Declare(Command command)
    {
        command.Add(_file);
        command.Add(_emit);
        command.Add(_output);
        _dump.AddTo(command);
    }

    public override int Run(ParseResult arguments, Session session)
    {
        var started = Stopwatch.GetTimestamp();
        var path = DumpFile.Resolve(arguments.GetValue(_file), session);
        if (DumpCompiler.Compile(path, _dump.Read(arguments), session) is not { } compilation)
        {
            return ExitCode.Failed;
        }
        var printing = Stopwatch.GetTimestamp();
        using var output = ResultOutput.Open(session, arguments.GetValue(_output));
        switch (arguments.GetValue(_emit))
        {
            case "json":
                using (var writer = new TablesJsonWriter(output))
                {
                    writer.Write(compilation);
                }
                break;
            case "dot":
                new TablesDotWriter(output).Write(compilation);
                break;
            default:
                new TablesTextWriter(output, session.UsesOutputColor).Write(compilation);
                break;
        }
        output.Complete();
        var elapsed = Stopwatch.GetElapsedTime(printing);
        session.Logger.FinishedStage(compilation.Tree.Text.Path, "print", output.BytesWritten, "bytes", elapsed);
        session.Say(Summarize(compilation, Stopwatch.GetElapsedTime(started)));
        return ExitCode.Done;
    }

    private static string Summarize(Compilation compilation, TimeSpan elapsed)
    {
        int tables = 0, chains = 0, rules = 0, rows = 0, predicates = 0;
        foreach (var family in compilation.Families)
        {
            if (compilation.GetRuleset(family) is { } ruleset && compilation.GetTables(family) is { } compiled)
            {
                tables += ruleset.Tables.Length;
                chains += ruleset.Chains.Length;
                rules += ruleset.Chains.Sum(chain => chain.Rules.Length);
                rows += compiled.Tables.Sum(table => table.Rows.Length);
                predicates += compiled.Predicates.Length;
            }
        }
        var text = compilation.Tree.Text;
        return $"{text.Path}: {Count(tables, "table")}, {Count(chains, "chain")}, {Count(rules, "rule")}, "
            + $"{Count(rows, "row")}, {Count(predicates, "predicate")}, {Count(text.Length, "byte")}, "
            + string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F2} s");
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
