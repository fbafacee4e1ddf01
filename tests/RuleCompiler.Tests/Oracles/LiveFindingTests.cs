using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Rules that lint calls dead against the running kernel: real dumps are loaded, and packets that such a rule names are sent.</summary>
internal sealed class LiveFindingTests
{
    private const int DumpsInCi = 25;
    private const int ShownDisagreements = 5;
    private const int MostPackets = 200;

    private readonly Dictionary<string, int> _sent = [];
    private readonly HashSet<string> _rules = [];
    private int _dumps;

    [Test]
    public void No_packet_gets_to_a_rule_that_lint_calls_dead()
    {
        KernelTrace.Require();
        var failures = LiveDumps.Take(DumpsInCi).SelectMany(Refuted).Take(ShownDisagreements).ToList();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_dumps} dumps loaded, {_rules.Count} dead rules, packets: {string.Join(", ", _sent.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}"));
        Assert.Multiple(() =>
        {
            Assert.That(failures, Is.Empty, string.Join('\n', failures));
            Assert.That(_rules, Is.Not.Empty, "some dump loads and has such a rule");
        });
    }

    private IEnumerable<string> Refuted(RandomCase drawn)
    {
        var packets = FindingPacket.Of(drawn, FindingPacket.Dead).DistinctBy(packet => (packet.Rule, packet.Packet))
            .Where(packet => LiveDumps.CanBeSent(drawn, packet)).Take(MostPackets).ToList();
        if (packets.Count == 0 || !LiveDumps.IsLoaded(drawn))
        {
            yield break;
        }
        _dumps++;
        foreach (var (packet, trace) in LiveDumps.Send(drawn, packets))
        {
            _sent[packet.Id] = _sent.GetValueOrDefault(packet.Id) + 1;
            _rules.Add($"{drawn.Name} {packet.Rule}");
            if (trace.Steps.Any(step => IsAt(step, packet)))
            {
                yield return $"{packet.Id} {packet.Rule.Chain} {packet.Rule.RuleNumber} is met by {packet.Packet}\n{drawn}{trace}\n";
            }
        }
    }

    private static bool IsAt(ObservedStep step, FindingPacket packet) =>
        step.Rule == packet.Rule.RuleNumber && step.Chain == packet.Rule.Chain.Name
        && step.Table == Netfilter.NetfilterNames.Name(packet.Rule.Chain.Table);
}
