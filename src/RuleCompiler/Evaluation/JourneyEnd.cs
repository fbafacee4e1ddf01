namespace RuleCompiler.Evaluation;

/// <summary>What became of a packet.</summary>
/// <param name="Verdict">Netfilter's word.</param>
/// <param name="IsLost">Every chain accepted it, but routing lost it.</param>
/// <param name="IsLocal">It was delivered to this host.</param>
/// <param name="Interface">The interface it last came in by, or left by; null unless delivered.</param>
internal readonly record struct JourneyEnd(Verdict Verdict, bool IsLost, bool IsLocal, string? Interface)
{
    public static JourneyEnd Stopped(Verdict verdict) => new(verdict, false, false, null);

    public static JourneyEnd Lost { get; } = new(Verdict.Accept, true, false, null);

    public static JourneyEnd Here(string inInterface) => new(Verdict.Accept, false, true, inInterface);

    public static JourneyEnd Away(string outInterface) => new(Verdict.Accept, false, false, outInterface);
}
