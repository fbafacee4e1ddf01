using Microsoft.Extensions.Logging;

namespace RuleCompiler.Cli;

/// <summary>What the command line logs.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Path}: {Stage}: {Count} {Items} in {Elapsed}")]
    public static partial void FinishedStage(
        this ILogger logger, string path, string stage, long count, string items, TimeSpan elapsed);
}
