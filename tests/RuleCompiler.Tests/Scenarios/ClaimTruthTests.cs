using System.Globalization;
using System.Text;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Scenarios;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>Claims about all packets against exhaustive truth: every packet of a small domain is asked.</summary>
internal sealed class ClaimTruthTests
{
    private const int FewestDumps = 20;
    private const int ShownDisagreements = 3;

    /// <summary>So many ports, that of small dumps among them, are asked about one by one.</summary>
    private static readonly ushort[] Ports = [80, 81, 82];

    [Test]
    public void A_claim_is_proved_exactly_where_no_packet_refutes_it()
    {
        var (count, ofV6) = (0, 0);
        var failures = new List<string>();
        foreach (var seed in SmallBudget.Seeds)
        {
            var dump = SmallGenerator.Dump(seed).Without((_, rule) => rule.HasUnknowns);
            if (failures.Count >= ShownDisagreements || !dump.Hooks.SequenceEqual([Hook.Output]))
            {
                continue;
            }
            count++;
            ofV6 += dump.Family == Family.IPv6 ? 1 : 0;
            failures.AddRange(Wrong(dump).Select(wrong => string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {wrong}\n{dump}")));
        }
        Assert.That(failures, Is.Empty);
        Assert.That(count, Is.GreaterThanOrEqualTo(FewestDumps));
        Assert.That(ofV6, Is.InRange(1, count - 1), "both families");
    }

    private static IEnumerable<string> Wrong(SmallDump dump)
    {
        var machine = new SmallMachine(new SmallChoices());
        var packets = SmallPackets.At(Hook.Output, dump.Fields)
            .Select(packet => (Packet: packet, Drops: machine.Run(dump, packet).Verdict == "drop")).ToList();
        (string Space, bool Drops, bool Accepts)[] claims =
        [
            ("* * -> *", packets.Any(p => p.Drops), packets.Any(p => !p.Drops)),
            .. from port in Ports
               let inSpace = packets.Where(p => p.Packet.Protocol == IpProtocol.Tcp && p.Packet.DestinationPort == port).ToList()
               where inSpace.Count > 0 && dump.Fields.HasFlag(SmallFields.DestinationPort)
               select ($"tcp * -> *:{port}", inSpace.Any(p => p.Drops), inSpace.Any(p => !p.Drops)),
        ];
        var file = new StringBuilder($"dump \"dump.rules\" {(dump.Family == Family.IPv6 ? "ipv6" : "ipv4")}\n");
        for (var index = 0; index < claims.Length; index++)
        {
            file.Append(CultureInfo.InvariantCulture, $"never \"n{index}\"\n  space {claims[index].Space}\n  verdict drop\n");
            file.Append(CultureInfo.InvariantCulture, $"always \"a{index}\"\n  space {claims[index].Space}\n  verdict drop\n");
        }
        var results = Run(file.ToString(), dump.ToString());
        for (var index = 0; index < claims.Length; index++)
        {
            if (Says(results[2 * index]) is var never && never != (claims[index].Drops ? "refuted" : "proved"))
            {
                yield return $"never drop over {claims[index].Space} is {never}, and packets that are dropped: {claims[index].Drops}";
            }
            if (Says(results[(2 * index) + 1]) is var always && always != (claims[index].Accepts ? "refuted" : "proved"))
            {
                yield return $"always drop over {claims[index].Space} is {always}, and packets that are not dropped: {claims[index].Accepts}";
            }
        }
    }

    private static string Says(ItemResult result) =>
        result.Undecided is not null ? "undecided" : result.Failures.IsEmpty ? "proved" : "refuted";

    private static ItemResult[] Run(string flows, string dump)
    {
        var (file, _) = ScenarioBinder.Bind(ScenarioSyntax.Parse(SourceText.From(flows, "dump.flows")));
        var (environment, diagnostics) = ScenarioLoader.Load(file, path => (SourceText.From(dump, path), null), CancellationToken.None);
        var prover = new ClaimProver(file, environment ?? throw new AssertionException(string.Join('\n', diagnostics)), CancellationToken.None);
        return [.. file.Items.OfType<Claim>().Select(prover.Prove)];
    }
}
