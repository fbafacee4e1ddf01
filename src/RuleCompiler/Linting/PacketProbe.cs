using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting;

/// <summary>Sends packets through rules on the context's host, and finds the rules that they met.</summary>
/// <param name="context">The dump.</param>
/// <param name="evaluator">Of its rules, or of what is left of them.</param>
internal sealed class PacketProbe(LintContext context, Evaluator evaluator)
{
    private static readonly TraceOptions Options = new() { MaxOutcomes = 256 };

    /// <param name="context">The dump.</param>
    /// <param name="rules">Its rules, or what is left of them.</param>
    public PacketProbe(LintContext context, CompiledRuleset rules)
        : this(context, new Evaluator(rules, context.Host, ReferenceEquals(rules, context.Tables) ? context.Classifiers : null))
    {
    }

    /// <summary>What becomes of a packet, one trace for each outcome of the unknowns; empty where there are too many.</summary>
    public ImmutableArray<Trace> Trace(Packet packet)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        try
        {
            return evaluator.Trace(packet, Options);
        }
        catch (EvaluationLimitException)
        {
            return [];
        }
    }

    /// <summary>What becomes of a packet that has one outcome, whatever the unknowns; null for one with several.</summary>
    public Trace? TraceCertain(Packet packet)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        try
        {
            return evaluator.TraceCertain(packet);
        }
        catch (EvaluationLimitException)
        {
            return null;
        }
    }

    /// <summary>The packet's first trace where all of them are so, whatever the unknowns; else null.</summary>
    public Trace? Always(Packet packet, Func<Trace, bool> isSo)
    {
        var traces = Trace(packet);
        return !traces.IsEmpty && traces.All(isSo) ? traces[0] : null;
    }

    /// <summary>Whether some outcome is so.</summary>
    public bool CanBe(Packet packet, Func<Trace, bool> isSo) => Trace(packet).Any(isSo);

    /// <summary>The rule of a step; null for a policy.</summary>
    public RuleSymbol? RuleOf(TraceStep step) =>
        step.Rule is { } number && context.FindChain(step.Table, step.Chain) is { } chain ? new RuleSymbol(chain.Symbol, number) : null;

    /// <summary>The chain of a step.</summary>
    public BoundChain ChainOf(TraceStep step) => context.FindChain(step.Table, step.Chain)
        ?? throw new InvalidOperationException($"no chain {step.Table.Name()}:{step.Chain}");
}
