using NUnit.Framework;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.Linux;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Real dumps under the running kernel, for what lint says of their rules.</summary>
internal static class LiveDumps
{
    private const int Stride = 37;
    private const int MostLines = 400;
    private const int MostLinesOfAll = 20_000;

    /// <summary>A few dumps from all over, or as many as <c>RULEC_LIVE_DUMPS</c> asks for.</summary>
    /// <param name="usual">How many are a few.</param>
    public static IEnumerable<RandomCase> Take(int usual)
    {
        int? asked = int.TryParse(Environment.GetEnvironmentVariable("RULEC_LIVE_DUMPS"), out var number) ? number : null;
        var dumps = RealRulesets.ReadAll(asked is null ? MostLines : MostLinesOfAll, withSets: true).ToList();
        Assume.That(dumps, Is.Not.Empty, "needs ../shared/corpora");
        var count = asked ?? usual;
        return Enumerable.Range(0, Math.Min(count, dumps.Count)).Select(index => dumps[index * Stride % dumps.Count](index));
    }

    /// <summary>Whether the kernel and its tools take the dump.</summary>
    public static bool IsLoaded(RandomCase drawn)
    {
        try
        {
            KernelTrace.On(drawn.Host, drawn.IsV6, drawn.Flavour, machine => machine.Trace(drawn.Dump, [ProbeReader.Read(drawn.Packets[0])]));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether the oracle makes such a packet, and the host has the interface that it arrives by.</summary>
    public static bool CanBeSent(RandomCase drawn, WitnessPacket packet)
    {
        try
        {
            return ProbeReader.Read(packet.Packet).In is not { } arrival || arrival == "lo"
                || drawn.Host.Contains($"\"name\":\"{arrival}\"", StringComparison.Ordinal);
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Sends packets: all at once; where one of them has no route, one by one, and that one not at all.</summary>
    public static List<(T Packet, ObservedTrace Trace)> Send<T>(RandomCase drawn, List<T> packets)
        where T : WitnessPacket
    {
        try
        {
            var traces = KernelTrace.On(drawn.Host, drawn.IsV6, drawn.Flavour, machine => Trace(machine, drawn.Dump, packets));
            return [.. packets.Zip(traces)];
        }
        catch (IOException) when (packets.Count > 1)
        {
            var half = packets.Count / 2;
            return [.. Send(drawn, packets[..half]), .. Send(drawn, packets[half..])];
        }
        catch (IOException)
        {
            return []; // it has no route
        }
    }

    public static IReadOnlyList<ObservedTrace> Trace(KernelMachine machine, string dump, IEnumerable<WitnessPacket> packets) =>
        machine.Trace(dump, [.. packets.Select(packet => ProbeReader.Read(packet.Packet))]);
}
