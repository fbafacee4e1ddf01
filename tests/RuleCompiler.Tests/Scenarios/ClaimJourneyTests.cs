using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Scenarios;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>Claims of every kind against all packets of their space, each traced by itself: those that arrive and those sent.</summary>
/// <remarks><c>RULEC_CLAIM_SEEDS</c> asks for more dumps, <c>RULEC_CLAIM_SEED</c> for one.</remarks>
internal sealed class ClaimJourneyTests
{
    private const int DumpsInCi = 40;
    private const int ClaimsADump = 24;
    private const int ShownDisagreements = 3;

    /// <summary>Of so many claims one may stay undecided.</summary>
    private const int FewestDecided = 500;

    private static IEnumerable<int> Seeds => int.TryParse(Environment.GetEnvironmentVariable("RULEC_CLAIM_SEED"), out var seed)
        ? [seed]
        : Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("RULEC_CLAIM_SEEDS"), out var count) ? count : DumpsInCi);

    [Test]
    public void A_claim_says_what_every_packet_of_its_space_shows()
    {
        var wrong = new List<string>();
        var (count, refuted, undecided) = (0, 0, new List<string>());
        foreach (var seed in Seeds)
        {
            var draw = new Draw(seed);
            var isV6 = draw.Chance(40);
            var dumps = new JourneyDumps(draw, isV6);
            var isSidecar = !isV6 && draw.Chance(30);
            var dump = isSidecar ? dumps.Sidecar() : dumps.Dump();
            var claims = Enumerable.Range(0, ClaimsADump).Select(_ => Draw(draw, dumps, isSidecar, isV6)).ToList();
            var (results, environment) = Run(dump, claims, isV6);
            for (var index = 0; index < claims.Count; index++)
            {
                var isRefuted = claims[index].IsRefutedIn(environment, results[index]);
                var said = results[index].Undecided is null ? !results[index].Failures.IsEmpty : (bool?)null;
                count++;
                refuted += isRefuted ? 1 : 0;
                var text = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {claims[index]} is {(isRefuted ? "refuted" : "proved")} by the packets");
                if (said is null)
                {
                    undecided.Add($"{text}, undecided: {results[index].Undecided}\n{dump}");
                }
                else if (said != isRefuted)
                {
                    wrong.Add($"{text}, {(isRefuted ? "proved" : "refuted")} by the prover {string.Join('\n', results[index].Failures)}\n{dump}");
                }
            }
        }
        TestContext.Out.WriteLine($"{count} claims, {refuted} refuted, {undecided.Count} undecided\n{string.Join('\n', undecided)}");
        Assert.That(wrong.Take(ShownDisagreements), Is.Empty, $"{wrong.Count} of {count}");
        Assert.That(undecided, Has.Count.LessThanOrEqualTo(count / FewestDecided), "chance that rules ask about twice, and the like");
        Assert.That(refuted, Is.InRange(count / 10, count * 9 / 10));
    }

    private static SmallClaim Draw(Draw draw, JourneyDumps dumps, bool hasFlows, bool isV6)
    {
        var (clauses, packets) = draw.Pick(JourneyPackets.Clauses);
        return new SmallClaim(
            draw.Chance(50),
            draw.Pick("tcp", "tcp", "udp"),
            [.. draw.Some(draw.Between(1, 3), JourneyPackets.Sources)],
            [.. draw.Some(draw.Between(1, 3), JourneyPackets.Destinations)],
            [.. draw.Some(draw.Between(1, 4), JourneyPackets.Ports)],
            clauses,
            packets,
            isV6,
            [.. Enumerable.Range(0, draw.Pick(1, 1, 2, 3)).Select(_ => dumps.Condition(hasFlows)).Distinct()]);
    }

    private static (ItemResult[] Results, ScenarioEnvironment Environment) Run(string dump, List<SmallClaim> claims, bool isV6)
    {
        var text = new StringBuilder($"dump \"dump.rules\" {(isV6 ? "ipv6" : "ipv4")}\nhost \"host.json\"\n");
        foreach (var (index, claim) in claims.Index())
        {
            text.Append(claim.ToText($"claim {index}"));
        }
        var (file, problems) = ScenarioBinder.Bind(ScenarioSyntax.Parse(SourceText.From(text.ToString(), "dump.flows")));
        var (environment, ofNamed) = ScenarioLoader.Load(
            file, path => (SourceText.From(path == "host.json" ? JourneyPackets.Host(isV6) : dump, path), null), CancellationToken.None);
        Assert.That(problems.Concat(ofNamed), Is.Empty, dump);
        var prover = new ClaimProver(file, environment ?? throw new AssertionException("no environment"), CancellationToken.None);
        return ([.. file.Items.OfType<Claim>().Select(prover.Prove)], environment);
    }

    /// <summary>A claim over a space whose packets can all be listed.</summary>
    private sealed record SmallClaim(
        bool IsNever,
        string Protocol,
        ImmutableArray<string> Sources,
        ImmutableArray<string> Destinations,
        ImmutableArray<string> Ports,
        string Clauses,
        IReadOnlyList<string> ClausesOfPackets,
        bool IsV6,
        ImmutableArray<string> Conditions)
    {
        private IEnumerable<string> Packets =>
            from source in Sources
            from destination in Destinations
            from port in Ports
            from clauses in ClausesOfPackets
            select $"{Protocol} {InFamily(source)}:1024 -> {InFamily(destination)}:{port} {clauses}";

        private string Space =>
            $"{Protocol} {string.Join(',', Sources.Select(InFamily))}:1024 -> {string.Join(',', Destinations.Select(InFamily))}:{string.Join(',', Ports)} {Clauses}";

        public string ToText(string name) =>
            $"{(IsNever ? "never" : "always")} \"{name}\"\n  space {Space}\n{string.Concat(Conditions.Select(c => $"  {c}\n"))}";

        public bool IsRefutedIn(ScenarioEnvironment environment, ItemResult result)
        {
            var rules = environment.For(IsV6 ? Family.IPv6 : Family.IPv4);
            var conditions = ((Claim)result.Item).Conditions.Select(c => c.Condition).ToList();
            return Packets.Select(JourneyPackets.Read).Any(packet => rules.Evaluator.Trace(packet)
                .Where(trace => trace.Lost is null)
                .Select(trace => new TracedOutcome(trace, rules.Naming?.FlowOf(packet, trace.Rewrites)))
                .Any(outcome => IsNever ? conditions.All(c => c.Holds(outcome)) : !conditions.All(c => c.Holds(outcome))));
        }

        private string InFamily(string address) => IsV6 ? $"[{SmallV6Text.Of(address)}]" : address;

        public override string ToString() => $"{(IsNever ? "never" : "always")} {string.Join(" and ", Conditions)} of {Space}";
    }
}
