using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Text;

namespace RuleCompiler.Cli;

/// <summary>One run of the tool: its streams, and what the options common to all commands say.</summary>
internal sealed class Session(StandardStreams streams, Verbosity verbosity, bool usesOutputColor, bool usesErrorColor)
{
    private ILogger? _logger;

    public StandardStreams Streams { get; } = streams;

    public Verbosity Verbosity { get; } = verbosity;

    /// <summary>Whether results on standard output are coloured.</summary>
    public bool UsesOutputColor { get; } = usesOutputColor;

    /// <summary>Whether what is told on standard error is coloured.</summary>
    public bool UsesErrorColor { get; } = usesErrorColor;

    /// <summary>Ends when the user presses Ctrl-C.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Where the compiled dumps go.</summary>
    public HeapRoom Heap { get; } = new();

    /// <summary>The dumps that a command works on, in their order.</summary>
    public List<Compilation> Inputs { get; } = [];

    /// <summary>Whether anything of a result went to standard output.</summary>
    public bool HasResult { get; set; }

    /// <summary>Where problems go.</summary>
    public ProblemWriter Problems { get; } = new(streams.Error, verbosity, usesErrorColor, streams.IsErrorTerminal);

    /// <summary>Logs to standard error from verbosity <see cref="Verbosity.Detailed"/> on.</summary>
    public ILogger Logger => _logger ??= Verbosity < Verbosity.Detailed ? NullLogger.Instance : CreateLogger();

    /// <summary>A line on standard error, such as a summary; not with <c>-q</c>.</summary>
    public void Say(string line)
    {
        if (Verbosity > Verbosity.Quiet)
        {
            using var buffer = new Utf8Buffer();
            buffer.AppendDisplayed(line);
            buffer.Append((byte)'\n');
            Streams.Error.Write(buffer.WrittenSpan);
        }
    }

    private ILogger CreateLogger()
    {
        var level = Verbosity == Verbosity.Diagnostic ? LogLevel.Trace : LogLevel.Information;
        var factory = new LoggerFactory([new StreamLoggerProvider(Streams.Error)], new LoggerFilterOptions { MinLevel = level });
        return factory.CreateLogger("rulec");
    }
}
