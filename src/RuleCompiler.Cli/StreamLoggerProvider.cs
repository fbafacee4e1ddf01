using Microsoft.Extensions.Logging;

namespace RuleCompiler.Cli;

/// <summary>Logs one line a message, written at once: <c>rulec: detailed: Parsed 12 lines in 3 ms</c>.</summary>
/// <remarks>
/// The console provider of Microsoft.Extensions.Logging starts a thread and an options system, which
/// costs more than compiling most dumps.
/// </remarks>
internal sealed class StreamLoggerProvider(Stream stream) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new StreamLogger(stream);

    public void Dispose()
    {
    }
}
