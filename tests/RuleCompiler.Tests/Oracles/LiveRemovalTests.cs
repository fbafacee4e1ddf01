using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Rules that lint calls superfluous against the running kernel: packets that such a rule names fare alike without it.</summary>
internal sealed partial class LiveRemovalTests
{
    private const int DumpsInCi = 10;
    private const int ShownDisagreements = 5;
    private const int MostRules = 6;
    private const int MostPackets = 6;

    private readonly Dictionary<string, int> _sent = [];
    private readonly HashSet<string> _rules = [];
    private int _dumps;

    [Test]
    public void Packets_fare_alike_without_a_rule_that_lint_calls_superfluous()
    {
        KernelTrace.Require();
        var failures = LiveDumps.Take(DumpsInCi).Where(drawn => !ByChance().IsMatch(drawn.Dump)).SelectMany(Refuted).Take(ShownDisagreements).ToList();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_dumps} dumps loaded, {_rules.Count} superfluous rules, packets: {string.Join(", ", _sent.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}"));
        Assert.Multiple(() =>
        {
            Assert.That(failures, Is.Empty, string.Join('\n', failures));
            Assert.That(_rules, Is.Not.Empty, "some dump loads and has such a rule");
        });
    }

    private IEnumerable<string> Refuted(RandomCase drawn)
    {
        var packets = FindingPacket.Of(drawn, FindingPacket.Superfluous).DistinctBy(packet => (packet.Rule, packet.Packet))
            .Where(packet => LiveDumps.CanBeSent(drawn, packet))
            .GroupBy(packet => packet.Rule).Take(MostRules).SelectMany(rule => rule.Take(MostPackets)).ToList();
        if (packets.Count == 0 || !LiveDumps.IsLoaded(drawn))
        {
            yield break;
        }
        _dumps++;
        foreach (var rule in LiveDumps.Send(drawn, packets).GroupBy(sent => sent.Packet.Rule))
        {
            var (sent, dump) = (rule.ToList(), Without(drawn.Dump, rule.Key));
            var traces = KernelTrace.On(
                drawn.Host, drawn.IsV6, drawn.Flavour, machine => LiveDumps.Trace(machine, dump, sent.Select(one => one.Packet)));
            _rules.Add($"{drawn.Name} {rule.Key}");
            foreach (var ((packet, before), after) in sent.Zip(traces))
            {
                _sent[packet.Id] = _sent.GetValueOrDefault(packet.Id) + 1;
                if (Outcome(before) != Outcome(after))
                {
                    yield return $"{packet.Id} {packet.Rule.Chain} {packet.Rule.RuleNumber} matters to {packet.Packet}\n{drawn}{before}\n\n{after}\n";
                }
            }
        }
    }

    private static string Without(string dump, RuleSymbol rule)
    {
        var lines = dump.Split('\n').ToList();
        lines.RemoveAt(DumpRule.ReadAll(dump)[(rule.Chain.Table.Name(), rule.Chain.Name)][rule.RuleNumber - 1].Line - 1);
        return string.Join('\n', lines);
    }

    /// <summary>What anybody can see of a packet's end; rules may have other numbers.</summary>
    private static string Outcome(ObservedTrace trace) => string.Join(
        '\n',
        [
            .. trace.Steps.Where(step => step.Target is "LOG" or "NFLOG").Select(step => $"{step.Hook} {step.Table} {step.Target}"),
            .. trace.Rewrites,
            trace.Verdict,
            trace.IsLost ? "lost" : "",
        ]);

    /// <summary>Two runs may end otherwise for reasons of their own.</summary>
    [GeneratedRegex("statistic|--random|-m (hash)?limit|-m recent|-m quota|-m connlimit|-m time")]
    private static partial Regex ByChance();
}
