using System.CommandLine;

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
