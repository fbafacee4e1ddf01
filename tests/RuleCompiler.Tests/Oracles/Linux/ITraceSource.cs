namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Loads rule sets of one flavour, and tells what packets meet in them.</summary>
internal interface ITraceSource : IDisposable
{
    /// <summary>Whether the control table must log the packets it sees: events come from a log.</summary>
    bool IsLog { get; }

    /// <summary>Loads a dump into the calling thread's namespace, in place of the one before.</summary>
    /// <exception cref="IOException">The tool or the kernel refused it.</exception>
    void Load(string dump);

    /// <summary>Waits for events and reads those that have come, of all packets.</summary>
    IEnumerable<TraceEvent> Receive();
}
