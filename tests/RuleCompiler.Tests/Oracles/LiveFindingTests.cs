using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Rules that lint calls dead against the running kernel: real dumps are loaded, and packets that such a rule names are sent.</summary>
internal sealed class LiveFindingTests
{
    private const int DumpsInCi = 25;
    private const int Stride = 37;
    private const int ShownDisagreements = 5;
    private const int MostPackets = 200;

    private readonly Dictionary<string, int> _sent = [];
    private readonly HashSet<string> _rules = [];
    private int _dumps;

    /// <remarks><c>RULEC_LIVE_DUMPS</c> asks for more dumps than a few from all over.</remarks>
    [Test]
    public void No_packet_gets_to_a_rule_that_lint_calls_dead()
    {
        KernelTrace.Require();
        var dumps = RealRulesets.ReadAll().ToList();
        Assume.That(dumps, Is.Not.Empty, "needs ../shared/corpora");
        var count = int.TryParse(Environment.GetEnvironmentVariable("RULEC_LIVE_DUMPS"), out var asked) ? asked : DumpsInCi;
        var failures = Enumerable.Range(0, Math.Min(count, dumps.Count))
            .SelectMany(index => Refuted(dumps[index * Stride % dumps.Count](index)))
            .Take(ShownDisagreements).ToList();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_dumps} dumps loaded, {_rules.Count} dead rules, packets: {string.Join(", ", _sent.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}"));
        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    private IEnumerable<string> Refuted(RandomCase drawn)
    {
        var packets = DeadRulePacket.Of(drawn).DistinctBy(packet => (packet.Rule, packet.Packet)).Where(packet => CanBeSent(drawn, packet)).Take(MostPackets).ToList();
        if (packets.Count == 0 || !IsLoaded(drawn))
        {
            yield break;
        }
        _dumps++;
        foreach (var (packet, trace) in Send(drawn, packets))
        {
            _sent[packet.Id] = _sent.GetValueOrDefault(packet.Id) + 1;
            _rules.Add($"{drawn.Name} {packet.Rule}");
            if (trace.Steps.Any(step => IsAt(step, packet)))
            {
                yield return $"{packet.Id} {packet.Rule.Chain} {packet.Rule.RuleNumber} is met by {packet.Packet}\n{drawn}{trace}\n";
            }
        }
    }

    /// <summary>All at once; where one of them has no route, one by one.</summary>
    private List<(DeadRulePacket Packet, ObservedTrace Trace)> Send(RandomCase drawn, List<DeadRulePacket> packets)
    {
        try
        {
            var traces = KernelTrace.On(
                drawn.Host, drawn.IsV6, drawn.Flavour, machine => machine.Trace(drawn.Dump, [.. packets.Select(packet => ProbeReader.Read(packet.Packet))]));
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

    private static bool IsLoaded(RandomCase drawn)
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

    private static bool IsAt(ObservedStep step, DeadRulePacket packet) =>
        step.Rule == packet.Rule.RuleNumber && step.Chain == packet.Rule.Chain.Name
        && step.Table == Netfilter.NetfilterNames.Name(packet.Rule.Chain.Table);

    /// <summary>Whether the oracle makes such a packet, and the host has the interface that it arrives by.</summary>
    private static bool CanBeSent(RandomCase drawn, DeadRulePacket packet)
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
}
