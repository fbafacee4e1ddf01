using System.Text;
using Microsoft.Extensions.Logging;
using RuleCompiler.Text;

namespace RuleCompiler.Cli;

/// <summary>The logger of <see cref="StreamLoggerProvider"/>.</summary>
internal sealed class StreamLogger(Stream stream) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var level = logLevel switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            _ => "error",
        };
        var line = $"rulec: {level}: {DisplayText.Escape(formatter(state, exception))}\n";
        lock (stream)
        {
            stream.Write(Encoding.UTF8.GetBytes(line));
        }
    }
}
