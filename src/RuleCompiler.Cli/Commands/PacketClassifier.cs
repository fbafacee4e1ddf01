using System.Runtime.InteropServices;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>Says what becomes of each packet of a list, and which of the sidecar's flows it belongs to; for one thread.</summary>
/// <param name="evaluators">The evaluators, shared with other threads.</param>
/// <param name="namings">Finds the flows of a family; null where there is no sidecar.</param>
/// <param name="options">What to assume.</param>
/// <param name="use">Is told what was assumed.</param>
internal sealed class PacketClassifier(
    FamilyEvaluators evaluators, Func<Family, FlowNaming?> namings, TraceOptions options, AssumptionUse use)
{
    private readonly Dictionary<Family, (Evaluator Evaluator, FlowNaming? Naming)> _families = [];
    private readonly List<Classification> _outcomes = [];
    private readonly List<(Classification Classification, int? Flow)> _results = [];

    /// <summary>What the results are of.</summary>
    private Packet? _packet;

    /// <returns>The answer, valid until the next one.</returns>
    public ClassifiedPacket Classify(in PacketRecord record)
    {
        if (record.Packet is not { } packet)
        {
            var problem = PacketListDiagnostics.BadPacketLine;
            return new ClassifiedPacket(record, []) { Error = (problem.Id, record.Problem ?? problem.Title) };
        }
        if (ReferenceEquals(packet, _packet))
        {
            return new ClassifiedPacket(record, CollectionsMarshal.AsSpan(_results));
        }
        _packet = null;
        var (evaluator, naming) = FindFamily(packet.Family);
        try
        {
            evaluator.Classify(packet, _outcomes, options);
        }
        catch (EvaluationLimitException e)
        {
            return new ClassifiedPacket(record, []) { Error = (ToolDiagnostics.LimitReached.Id, e.Message) };
        }
        _results.Clear();
        foreach (ref readonly var outcome in CollectionsMarshal.AsSpan(_outcomes))
        {
            use.Note(outcome.Assumptions);
            if (!HasSame(outcome))
            {
                _results.Add((outcome, naming?.FlowOf(packet, outcome.Rewrites)));
            }
        }
        _packet = packet;
        return new ClassifiedPacket(record, CollectionsMarshal.AsSpan(_results));
    }

    private (Evaluator Evaluator, FlowNaming? Naming) FindFamily(Family family)
    {
        if (!_families.TryGetValue(family, out var found))
        {
            _families.Add(family, found = (evaluators.Share(family), namings(family)));
        }
        return found;
    }

    private bool HasSame(in Classification outcome)
    {
        foreach (ref readonly var other in CollectionsMarshal.AsSpan(_results))
        {
            if (IsSame(outcome, other.Classification))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether two outcomes differ in nothing but what was assumed.</summary>
    private static bool IsSame(in Classification one, in Classification other) =>
        one.Verdict == other.Verdict && one.IsLost == other.IsLost && one.Chain == other.Chain
        && one.RuleNumber == other.RuleNumber && one.Rewrites.AsSpan().SequenceEqual(other.Rewrites.AsSpan());
}
