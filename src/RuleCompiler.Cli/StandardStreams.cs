using Microsoft.Win32.SafeHandles;

namespace RuleCompiler.Cli;

/// <summary>The process's three streams, which of them are terminals, and whether a person runs it.</summary>
internal sealed record StandardStreams(Stream Input, Stream Output, Stream Error)
{
    public bool IsInputTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether a service for continuous integration runs the tool: all of them set <c>CI</c>.</summary>
    public bool IsCi { get; init; }

    /// <summary>The console's streams.</summary>
    public static StandardStreams Open() => new(Console.OpenStandardInput(), OpenOutput(), Console.OpenStandardError())
    {
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        IsCi = Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ci && ci is not ("false" or "0"),
    };

    /// <summary>Standard output that says when its reader is gone.</summary>
    /// <remarks>
    /// The console's own stream swallows EPIPE, and a long run would go on for nobody. A file stream throws
    /// it, but writes regular files at positions of its own, which tears <c>&gt; file 2&gt;&amp;1</c>; so it
    /// serves what cannot seek, and the console's stream the rest.
    /// </remarks>
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }
        try
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }
}
