using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Holds the evaluator against the running kernel, case by case.</summary>
/// <remarks>
/// One case after the other: a command that another case starts is, until it runs, a copy of this process with all its
/// sockets open, and so could keep the socket of a packet that is to have none.
/// </remarks>
internal static class OracleComparison
{
    /// <summary>Case number <paramref name="seed"/> of the live comparison.</summary>
    /// <remarks>Mostly rule sets that a reader can follow; now and then one whose packets meet many rules on their way.</remarks>
    public static RandomCase Draw(int seed, Flavour flavour) =>
        RandomCase.FromSeed(seed, size: seed % 16 == 0 ? 12 : 1) with { Flavour = flavour };

    /// <param name="drawn">A case.</param>
    /// <param name="skipsRefused">Whether a dump that this kernel does not load counts as agreeing.</param>
    /// <returns>The first disagreement of the case; null where there is none.</returns>
    /// <remarks>
    /// It must show again for the packet alone: the kernel may have picked a probe's tag for an answer, or may hold, with a
    /// packet that waits for its neighbour, a connection that ought to be forgotten.
    /// </remarks>
    public static Disagreement? Find(RandomCase drawn, bool skipsRefused = false) =>
        Compare(drawn, skipsRefused) is { } found ? Compare(drawn with { Packets = [found.Packet] }, skipsRefused) : null;

    private static Disagreement? Compare(RandomCase drawn, bool skipsRefused)
    {
        IReadOnlyList<ObservedTrace> observed;
        try
        {
            observed = KernelTrace.On(
                drawn.Host, drawn.IsV6, drawn.Flavour, machine => machine.Trace(drawn.Dump, [.. drawn.Packets.Select(ProbeReader.Read)]));
        }
        catch (IOException refusal)
        {
            return skipsRefused ? null : new Disagreement(drawn, drawn.Packets[0], $"The kernel refuses what is drawn:\n{refusal.Message}");
        }

        var evaluated = LibraryTrace.Run(drawn, out var problems);
        if (problems.Length > 0)
        {
            return new Disagreement(drawn, drawn.Packets[0], $"The kernel takes what the library refuses:\n{problems}");
        }

        // With unknowns there are several outcomes, of which the kernel takes one; where they are too many, none is given.
        var index = observed.Zip(evaluated).ToList().FindIndex(pair => pair.Second.Count > 0 && !pair.Second.Any(pair.First.IsAs));
        return index < 0 ? null : Disagreement.Of(drawn, drawn.Packets[index], observed[index], evaluated[index]);
    }
}
