using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Says what one dump does with packets that go one way, in the words of a trace.</summary>
internal sealed class OutcomeTeller(SpaceLayout layout, DiffSide side)
{
    private const int MostOutcomes = 64;
    private readonly Lazy<Evaluator> _evaluator = new(() => new Evaluator(side.Rules, side.Host));

    /// <summary>Whether outcomes say what is logged.</summary>
    public bool TellsLogs { get; init; } = true;

    /// <summary>The trace of a packet that ends as the way does; null where none does.</summary>
    public Trace? Show(Cell way, Packet packet, ImmutableArray<Assumption> assumptions)
    {
        try
        {
            var traces = _evaluator.Value.Trace(packet, new TraceOptions { Assumptions = assumptions, MaxOutcomes = MostOutcomes });
            return traces.FirstOrDefault(trace => Shows(trace, way));
        }
        catch (EvaluationLimitException)
        {
            return null;
        }
    }

    /// <summary>Who decides. Where policies alone accept, it is the one met where another dump decides, if the packets come by there.</summary>
    /// <param name="way">The packets' way.</param>
    /// <param name="trace">A trace of one of them; null where there is none.</param>
    /// <param name="other">Their way in the other dump.</param>
    public Taker? FindTaker(Cell way, Trace? trace, Cell other)
    {
        if (!way.IsPassedByPolicies || other.IsPassedByPolicies || other.Taker is not { } facing || trace is null)
        {
            return way.Taker;
        }
        var isMet = trace.Steps.Any(step => step.Action == "policy" && step.Hook == facing.Hook && step.Table == facing.Chain.Table);
        return isMet && side.Rules.FindBaseChain(facing.Chain.Table, facing.Hook) is { } chain ? new Taker(chain.Chain, 0, facing.Hook) : way.Taker;
    }

    /// <summary>The outcome.</summary>
    /// <param name="way">The packets' way.</param>
    /// <param name="trace">A trace of one of them; null where there is none.</param>
    /// <param name="taker">Who decides.</param>
    public DiffOutcome Tell(Cell way, Trace? trace, Taker? taker)
    {
        var rule = taker is { RuleNumber: > 0 and var number } ? number : (int?)null;
        return new DiffOutcome
        {
            Verdict = VerdictOf(way),
            Detail = way.VerdictDetail,
            Lost = IsLost(way) ? "routing" : null,
            Table = taker?.Chain.Table,
            Chain = taker?.Chain.Name,
            Rule = rule,
            Line = taker is { } known ? side.LineOf(known.Chain, known.RuleNumber) : null,
            Text = taker is { } decider ? side.TextOf(decider.Chain, decider.RuleNumber) : null,
            Rewrite = trace is null ? RewriteOf(way) : RewriteOf(trace),
            Changes = Join(ChangesOf(way, trace)),
        };
    }

    public static Verdict VerdictOf(Cell way) => way.Verdict switch
    {
        CellVerdict.Drop => Verdict.Drop,
        CellVerdict.Reject => Verdict.Reject,
        CellVerdict.Queue => Verdict.Queue,
        CellVerdict.Stolen => Verdict.Stolen,
        _ => Verdict.Accept,
    };

    /// <summary>Whether every rule accepts the packets, and routing loses them.</summary>
    public static bool IsLost(Cell way) => way is { IsLost: true, Verdict: CellVerdict.Accept };

    private static bool Shows(Trace trace, Cell way) =>
        trace.Verdict == VerdictOf(way) && trace.Lost is null != IsLost(way)
        && (way.Taker is not { } taker || trace.Steps.Any(step => step.Table == taker.Chain.Table && step.Chain == taker.Chain.Name
            && step.Hook == taker.Hook && (step.Rule ?? 0) == taker.RuleNumber
            && (taker.RuleNumber != 0 || step.Action == "policy")));

    private static string? RewriteOf(Trace trace) =>
        Join([.. trace.Rewrites.Select(rewrite => $"{rewrite.Kind} {RewriteText.Describe(rewrite)}")]);

    /// <summary>What the trace tells, and what of the way it does not.</summary>
    private List<string> ChangesOf(Cell way, Trace? trace)
    {
        List<string> effects = trace is null ? [] : [.. EffectsOf(trace)];
        return [.. effects, .. DeedsOf(way).Where(deed => !effects.Contains(deed))];
    }

    /// <summary>The last value of everything that steps have changed.</summary>
    private static IEnumerable<string> EffectsOf(Trace trace) => trace.Steps.SelectMany(step => step.Effects)
        .GroupBy(effect => effect.Kind).Select(effects => $"{effects.Key} {effects.Last().Value}");

    /// <summary>New addresses as far as they are the same for all packets of the way.</summary>
    private string? RewriteOf(Cell way)
    {
        var parts = new List<string>();
        foreach (var (name, address, port) in ((string, PacketField, PacketField)[])
            [("source", PacketField.Source, PacketField.SourcePort), ("destination", PacketField.Destination, PacketField.DestinationPort)])
        {
            var (newAddress, newPort) = (Value(way, address), Value(way, port));
            if (newAddress is not null || newPort is not null)
            {
                var text = newAddress is { } value ? new IpAddress(layout.Family, value).ToString() : "";
                parts.Add($"{name} {text}{(newPort is { } number ? $":{number}" : "")}");
            }
        }
        return Join(parts);
    }

    private UInt128? Value(Cell way, PacketField field) =>
        way.Changes?[layout[field].Index] is Change.Constant constant ? layout[field].ValueOf(constant.Class) : null;

    private IEnumerable<string> DeedsOf(Cell way)
    {
        var deeds = new List<string>();
        for (var deed = way.Deeds; deed is not null; deed = deed.Before)
        {
            if (deed.Kind == DeedKind.Log && !TellsLogs)
            {
                continue;
            }
            deeds.Add(deed.Kind == DeedKind.Log ? $"logged: {deed.Text}" : deed.Text);
        }
        deeds.Reverse();
        return way.Tracking == TrackingPhase.Untracked ? deeds.Append("not tracked") : deeds;
    }

    private static string? Join(List<string> parts) => parts.Count == 0 ? null : string.Join("; ", parts);
}
