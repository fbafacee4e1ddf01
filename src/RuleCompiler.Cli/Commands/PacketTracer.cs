using System.Collections.Immutable;
using RuleCompiler.Cli.Output;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>Traces packets of both families through one dump.</summary>
internal sealed class PacketTracer(Compilation compilation, HostFacts host, TraceOptions options, Session session)
{
    private const string Remedy = "give some of them by --assume, or the members of sets by --host";

    private readonly FamilyEvaluators _evaluators = new(compilation, host, session);

    /// <summary>The traces of a packet, one for each outcome of its unknowns.</summary>
    /// <exception cref="CommandFailedException">There are too many of them.</exception>
    public ImmutableArray<Trace> Trace(Packet packet)
    {
        try
        {
            return _evaluators.For(packet.Family).Trace(packet, options);
        }
        catch (EvaluationLimitException e)
        {
            var path = compilation.Tree.Text.Path;
            throw new CommandFailedException(Problem.OfFile(path, ToolDiagnostics.LimitReached, $"{e.Message}; {Remedy}"));
        }
    }
}
