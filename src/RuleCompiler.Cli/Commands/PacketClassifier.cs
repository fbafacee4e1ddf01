using System.Collections.Immutable;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>Says what becomes of each packet of a list, and which of the sidecar's flows it belongs to.</summary>
internal sealed class PacketClassifier(
    Compilation compilation, HostFacts host, MeshProfile profile, TraceOptions options, Session session)
{
    private readonly FamilyEvaluators _evaluators = new(compilation, host, session);
    private readonly Dictionary<Family, FlowNaming?> _namings = [];
    private readonly List<Classification> _outcomes = [];

    public ClassifiedPacket Classify(in PacketRecord record)
    {
        if (record.Packet is not { } packet)
        {
            var problem = PacketListDiagnostics.BadPacketLine;
            return new ClassifiedPacket(record.Number, null, []) { Error = (problem.Id, record.Problem ?? problem.Title) };
        }
        try
        {
            _evaluators.For(packet.Family).Classify(packet, _outcomes, options);
        }
        catch (EvaluationLimitException e)
        {
            return new ClassifiedPacket(record.Number, packet, []) { Error = (ToolDiagnostics.LimitReached.Id, e.Message) };
        }
        var naming = NamingFor(packet.Family);
        var outcomes = ImmutableArray.CreateBuilder<(Classification, int?)>(1);
        foreach (var outcome in _outcomes)
        {
            if (!outcomes.Any(other => IsSame(other.Item1, outcome)))
            {
                outcomes.Add((outcome, naming?.FlowOf(packet, outcome.Rewrites)));
            }
        }
        return new ClassifiedPacket(record.Number, packet, outcomes.DrainToImmutable());
    }

    private FlowNaming? NamingFor(Family family)
    {
        if (!_namings.TryGetValue(family, out var naming))
        {
            naming = FlowNaming.Create(compilation, family, profile, host);
            _namings.Add(family, naming);
        }
        return naming;
    }

    /// <summary>Whether two outcomes differ in nothing but what was assumed.</summary>
    private static bool IsSame(in Classification one, in Classification other) =>
        one.Verdict == other.Verdict && one.IsLost == other.IsLost && one.Chain == other.Chain
        && one.RuleNumber == other.RuleNumber && one.Rewrites.AsSpan().SequenceEqual(other.Rewrites.AsSpan());
}
