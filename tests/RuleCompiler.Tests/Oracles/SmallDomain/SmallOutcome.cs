using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>What becomes of a packet at one hook.</summary>
/// <param name="Verdict">With the answer of a REJECT, and the number of a queue.</param>
/// <param name="Source">Address and port as they are in the end.</param>
/// <param name="Destination">Likewise.</param>
/// <param name="Mark">In the end.</param>
/// <param name="ConnectionMark">In the end; null without an entry.</param>
/// <param name="State">In the end: a rule can take the packet out of tracking.</param>
/// <param name="Zone">In the end.</param>
/// <param name="IsTranslated">Whether a NAT target was met, even one that changed nothing.</param>
/// <param name="Proxy">The TPROXY that took it; null for none.</param>
/// <param name="Queues">Queues that it may have gone to on its way.</param>
/// <param name="Logs">What was logged, in order.</param>
internal sealed record SmallOutcome(
    string Verdict,
    (uint Address, ushort Port) Source,
    (uint Address, ushort Port) Destination,
    uint Mark,
    uint? ConnectionMark,
    ConntrackState State,
    int Zone,
    bool IsTranslated,
    string? Proxy,
    string Queues,
    string Logs)
{
    /// <summary>As a rule that never matches is measured: without logs, and a NAT target counts even where it changes nothing.</summary>
    public SmallOutcome AsMeant => this with { Logs = "" };

    /// <summary>As anybody can see it: a NAT target that changes nothing is none.</summary>
    public SmallOutcome AsSeen => this with { IsTranslated = false };
}
