using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>What a trace is made of, and what of it is shown.</summary>
/// <param name="Compilation">The dump.</param>
/// <param name="Host">The host.</param>
/// <param name="ShowsPassedRules">Whether rules passed by are listed.</param>
/// <param name="Questions">Rules asked about: for them the traces hold the rules passed by, listed or not.</param>
internal sealed record TraceRequest(
    Compilation Compilation, HostFacts Host, bool ShowsPassedRules, ImmutableArray<RuleReference> Questions)
{
    /// <summary>The trace as it is listed.</summary>
    public Trace Shown(Trace trace) => ShowsPassedRules || Questions.IsEmpty
        ? trace
        : trace with { Steps = [.. trace.Steps.Where(step => step.IsMatch)] };

    /// <summary>What the packet did at each rule asked about.</summary>
    public IEnumerable<RuleAnswer> Answers(Trace trace)
    {
        var family = trace.Packet.Family;
        var rules = Compilation.Families.Contains(family) ? Compilation.GetTables(family) : null;
        return Questions.Select(place => RuleAnswer.Of(trace, place, rules));
    }
}
