using System.CommandLine;

namespace RuleCompiler.Cli.Commands;

/// <summary>The options of every command: how much is said, in colour or not, and how it ends.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string> _verbosity = new Option<string>("--verbosity")
    {
        HelpName = "LEVEL",
        Description = "quiet, normal, detailed or diagnostic",
        Recursive = true,
    }.AcceptOnlyFromAmong("quiet", "normal", "detailed", "diagnostic");

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say only warnings and errors",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("-v")
    {
        Description = "Say what each stage does (-vv: more)",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string> _color = new Option<string>("--color")
    {
        HelpName = "WHEN",
        Description = "auto, always or never; NO_COLOR means never",
        Recursive = true,
    }.AcceptOnlyFromAmong("auto", "always", "never");

    private readonly Option<bool> _exitZero = new("--exit-zero")
    {
        Description = "End with 0 where there is something to see (1 otherwise); what could not be done stays 2",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Add(_verbosity);
        root.Add(_quiet);
        root.Add(_verbose);
        root.Add(_color);
        root.Add(_exitZero);
    }

    /// <summary>The exit code that the user wants for what a command ended with.</summary>
    public int ExitCodeFor(int exitCode, ParseResult arguments) =>
        exitCode == ExitCode.Found && arguments.GetValue(_exitZero) ? ExitCode.Done : exitCode;

    public Session CreateSession(ParseResult arguments, StandardStreams streams, CancellationToken cancellation)
    {
        var color = arguments.GetValue(_color);
        return new Session(
            streams,
            ReadVerbosity(arguments),
            UsesColor(color, streams.IsOutputTerminal),
            UsesColor(color, streams.IsErrorTerminal))
        {
            Cancellation = cancellation,
        };
    }

    private Verbosity ReadVerbosity(ParseResult arguments) => arguments.GetValue(_verbosity) switch
    {
        "quiet" => Verbosity.Quiet,
        "normal" => Verbosity.Normal,
        "detailed" => Verbosity.Detailed,
        "diagnostic" => Verbosity.Diagnostic,
        _ when arguments.GetValue(_quiet) => Verbosity.Quiet,
        _ => (arguments.GetResult(_verbose)?.IdentifierTokenCount ?? 0) switch
        {
            0 => Verbosity.Normal,
            1 => Verbosity.Detailed,
            _ => Verbosity.Diagnostic,
        },
    };

    /// <summary>Explicit words win; then NO_COLOR (https://no-color.org), then whether it is a terminal.</summary>
    private static bool UsesColor(string? word, bool isTerminal) => word switch
    {
        "always" => true,
        "never" => false,
        _ => isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };
}
