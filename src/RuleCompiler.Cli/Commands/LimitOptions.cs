using System.CommandLine;
using System.Diagnostics;

namespace RuleCompiler.Cli.Commands;

/// <summary>The options of commands that prove something about all packets: when to give up.</summary>
internal sealed class LimitOptions
{
    private readonly Option<double?> _timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "Give up after this time, and say so",
    };

    private readonly Option<int> _maxRegions = new("--max-regions")
    {
        HelpName = "N",
        Description = "Give up past so many regions, and say so (10000)",
        DefaultValueFactory = _ => 10_000,
    };

    /// <summary>Part of the time kept for telling what was found.</summary>
    private const double ShareForTelling = 0.15;

    /// <summary>What a time limit leaves for the search itself: less what reading took, and what telling will take.</summary>
    /// <param name="timeout">The limit; null for none.</param>
    /// <param name="started">When the command began.</param>
    public static TimeSpan? Left(TimeSpan? timeout, long started) => timeout is not { } limit ? null
        : TimeSpan.FromTicks(Math.Max(1, (long)(limit.Ticks * (1 - ShareForTelling)) - Stopwatch.GetElapsedTime(started).Ticks));

    public void AddTo(Command command)
    {
        command.Add(_timeout);
        command.Add(_maxRegions);
    }

    /// <exception cref="CommandFailedException">A limit is no positive number.</exception>
    public (TimeSpan? Timeout, int MaxRegions) Read(ParseResult arguments)
    {
        var (seconds, regions) = (arguments.GetValue(_timeout), arguments.GetValue(_maxRegions));
        return seconds is <= 0 or > 1_000_000 || regions < 1
            ? throw new CommandFailedException("--timeout and --max-regions are positive numbers")
            : (seconds is { } given ? TimeSpan.FromSeconds(given) : null, regions);
    }
}
