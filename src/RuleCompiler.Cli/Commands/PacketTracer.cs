using System.Collections.Immutable;
using RuleCompiler.Cli.Output;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>Traces packets of both families through one dump; an evaluator is made when the first packet of a family comes.</summary>
internal sealed class PacketTracer(Compilation compilation, HostFacts host, TraceOptions options, Session session)
{
    private readonly Dictionary<Family, Evaluator> _evaluators = [];

    /// <summary>The traces of a packet, one for each outcome of its unknowns.</summary>
    /// <exception cref="CommandFailedException">There are too many of them.</exception>
    public ImmutableArray<Trace> Trace(Packet packet)
    {
        try
        {
            return Evaluator(packet.Family).Trace(packet, options);
        }
        catch (EvaluationLimitException e)
        {
            var path = compilation.Tree.Text.Path;
            throw new CommandFailedException(Problem.OfFile(path, ToolDiagnostics.LimitReached, e.Message));
        }
    }

    private Evaluator Evaluator(Family family)
    {
        if (!_evaluators.TryGetValue(family, out var evaluator))
        {
            evaluator = new Evaluator(compilation.GetTables(family) ?? NoRules(family), host);
            _evaluators.Add(family, evaluator);
        }
        return evaluator;
    }

    /// <summary>A host whose dump has no section of a family has no rules for it: worth a word, for it may be a mistake.</summary>
    private CompiledRuleset NoRules(Family family)
    {
        session.Say($"{compilation.Tree.Text.Path}: no {family.Name()} rules: {family.Name()} packets meet none");
        return CompiledRuleset.CreateEmpty(family);
    }
}
