using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints traces in one of the formats.</summary>
internal interface ITraceWriter : IDisposable
{
    void Start();

    /// <summary>Prints one packet's traces, one for each outcome; rules passed by are in them where asked for.</summary>
    void Write(ImmutableArray<Trace> outcomes);

    void End();
}
