namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>One event of a packet's way through the tables.</summary>
/// <param name="Tag">The tag that the packet bears.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Table">The table at work.</param>
/// <param name="Chain">The chain at work.</param>
/// <param name="Rule">1-based number of the rule that matched; null for a policy or the end of a chain.</param>
/// <param name="Verdict">One of the constants of this class; a policy's is its verdict.</param>
/// <param name="NetworkHeader">At least 20 or 40 bytes; empty where the event does not tell.</param>
/// <param name="TransportHeader">What follows it, likewise.</param>
/// <param name="OutIndex">Index of the outgoing interface; 0 for none, or where the event does not tell.</param>
internal sealed record TraceEvent(
    int Tag,
    TraceEventKind Kind,
    string Table,
    string Chain,
    int? Rule,
    int Verdict,
    ReadOnlyMemory<byte> NetworkHeader,
    ReadOnlyMemory<byte> TransportHeader,
    int OutIndex)
{
    public const int Drop = 0;
    public const int Accept = 1;
    public const int Stolen = 2;
    public const int Queue = 3;
    public const int Continue = -1;
    public const int Jump = -3;
    public const int Goto = -4;
    public const int Return = -5;
}
