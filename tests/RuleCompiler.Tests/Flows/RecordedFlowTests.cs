using NUnit.Framework;
using RuleCompiler.Flows;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Evaluation;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Flows;

/// <summary>Each leg of a flow against what the kernel did with a packet of the same kind under the same rules.</summary>
internal sealed class RecordedFlowTests
{
    private const int FewestLegs = 150;

    [Test]
    public void Legs_meet_the_rules_that_the_kernel_traced()
    {
        SharedData.Require("kernel-traces");
        var wrong = new List<string>();
        var compared = 0;
        foreach (var group in RecordedCase.ReadAll().Where(c => c.Topic.StartsWith("istio-", StringComparison.Ordinal))
            .GroupBy(c => (c.Dump, c.Host)))
        {
            var host = HostFactsJson.Read(SourceText.From(group.Key.Host)).Facts
                ?? throw new InvalidOperationException($"{group.First().Name}: no host");
            foreach (var analysis in SidecarDump.Analyze(group.Key.Dump, host))
            {
                foreach (var one in group.Where(c => analysis.Host == host || !c.Expected.Any(e => e.Contains("tproxy", StringComparison.Ordinal))))
                {
                    var packet = PacketExpression.Parse(SourceText.From(one.Packet)).Packet
                        ?? throw new InvalidOperationException($"{one.Name}: no packet");
                    foreach (var leg in analysis.Flows.SelectMany(f => f.Legs)
                        .Where(leg => KindOf(leg.Trace.Packet, analysis) == KindOf(packet, analysis)))
                    {
                        compared++;
                        var actual = StepsOf(ComparableTrace.Of(leg.Trace));
                        var expected = StepsOf(one.Expected.Single());
                        if (actual != expected)
                        {
                            wrong.Add($"{one.Name}: {one.Packet}\n{expected}\n{PacketExpression.Format(leg.Trace.Packet)}\n{actual}");
                        }
                    }
                }
            }
        }
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(compared, Is.GreaterThan(FewestLegs));
        });
    }

    /// <summary>What rules of a sidecar can tell apart, with addresses and ports by their roles.</summary>
    private static string KindOf(Packet packet, FlowAnalysis analysis)
    {
        var profile = analysis.Profile;
        var port = packet.Destination.Port is { } number && (number == 53 || number == profile.AdminPort
            || number == profile.ControlPlanePort || profile.ServedPorts.Contains(number)) ? number : 0;
        var owner = packet.InInterface is not null ? "arriving"
            : $"{packet.Socket} {profile.ProxyUids.Contains(packet.Uid)} {profile.ProxyGids.Contains(packet.Gid)}";
        return $"{packet.Protocol} {packet.State} {packet.Mark.Value} {owner} {RoleOf(packet.Source.Address, analysis)} "
            + $"{RoleOf(packet.Destination.Address, analysis)}:{port}";
    }

    private static string RoleOf(IpAddress address, FlowAnalysis analysis) =>
        analysis.Profile.PassthroughSources.Contains(address) ? "passthrough"
        : analysis.Host.Interfaces.Any(i => i.Addresses.Any(a => a.Address == address)) ? $"own {address.Value >> 24 == 127}"
        : address.ToString() == "10.96.0.10" ? "resolver" : "remote";

    /// <summary>The steps and the verdict, without what hangs on the very addresses.</summary>
    private static string StepsOf(string trace) => string.Join('\n', trace.Split('\n').Where(line =>
        !line.Contains(" to ", StringComparison.Ordinal) && !line.Contains(" from ", StringComparison.Ordinal)));
}
