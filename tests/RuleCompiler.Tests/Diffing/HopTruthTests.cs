using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>
/// The diff against the evaluator where rules ask for hops left, or change them, on both sides of a router: every number of hops,
/// of packets that stay and of such as are passed on.
/// </summary>
internal sealed class HopTruthTests
{
    private const int Pairs = 30;

    private static readonly string[] Tests =
        ["", "-m ttl --ttl-eq 5", "-m ttl --ttl-eq 4", "-m ttl --ttl-lt 5", "-m ttl --ttl-lt 2", "-m ttl --ttl-gt 63", "-m ttl ! --ttl-eq 64"];

    private static readonly string[] Targets =
        ["-j DROP", "-j DROP", "-j ACCEPT", "-j TTL --ttl-set 5", "-j TTL --ttl-set 1", "-j TTL --ttl-set 255"];

    private static readonly string[] Shifts = ["-j TTL --ttl-inc 1", "-j TTL --ttl-dec 1", "-j TTL --ttl-inc 200"];

    [Test]
    public void Regions_are_exactly_the_packets_treated_otherwise() =>
        Assert.That(Enumerable.Range(1, Pairs).Select(seed => Wrong(seed, Targets, isExact: true)).OfType<string>().Take(2), Is.Empty);

    /// <summary>What is left of hops that rules have added to or taken from is an unknown behind routing.</summary>
    [Test]
    public void No_packet_treated_otherwise_is_missing_where_hops_are_shifted() =>
        Assert.That(Enumerable.Range(1, Pairs / 6).Select(seed => Wrong(seed, [.. Targets, .. Shifts], isExact: false)).OfType<string>().Take(2), Is.Empty);

    private static string? Wrong(int seed, string[] targets, bool isExact)
    {
        var draw = new Draw(seed);
        var rules = Enumerable.Range(0, 4).Select(_ => Rule(draw, targets)).ToList();
        var (old, other) = (Dump(rules), Dump(draw.Chance(50) ? rules.Skip(1) : rules.Append(Rule(draw, targets)).Reverse()));
        var (before, after) = (Compile(old), Compile(other));
        var result = SemanticDiff.Compare(before, after, new DiffOptions { OldHost = SmallJourneys.HostOf(0), NewHost = SmallJourneys.HostOf(0) });
        var (one, another) = (EvaluatorOf(before), EvaluatorOf(after));
        var packets = (from ttl in Enumerable.Range(0, 256) from way in (string[])["eth1", "lo"] select $"udp 172.16.0.1:82 -> 172.16.0.9:82 in eth0 out {way} state NEW ttl {ttl}").ToList();
        var sets = new SpaceSets(packets.Concat(result.Regions.SelectMany(region => region.Space)));
        foreach (var expression in packets)
        {
            var packet = PacketExpression.Parse(SourceText.From(expression)).Packet ?? throw new FormatException(expression);
            var (was, becomes) = (one.Trace(packet).Single(), another.Trace(packet).Single());
            if ((was.Lost ?? becomes.Lost) is not null)
            {
                continue;
            }
            var told = result.Regions.Count(region => region.Space.Any(space => sets.Meet(expression, space)));
            var differs = was.Verdict != becomes.Verdict || Hops(was, IsPassedOn(becomes)) != Hops(becomes, IsPassedOn(was));
            if (isExact ? told != (differs ? 1 : 0) : differs && told == 0)
            {
                return $"seed {seed}: {expression}: {was.Verdict} {Hops(was, true)} -> {becomes.Verdict} {Hops(becomes, true)}, is in {told} regions\n"
                    + string.Join('\n', result.Regions.SelectMany(region => region.Space)) + $"\n{old}---\n{other}";
            }
        }
        return null;
    }

    private static bool IsPassedOn(Trace trace) => trace.Steps.Any(step => step.Hook == Hook.Forward);

    /// <summary>The hops that a packet has in the end; the one that passing on takes counts where it is taken on both sides.</summary>
    private static int Hops(Trace trace, bool isOtherPassedOn)
    {
        int hops = trace.Packet.Ttl;
        var isPassed = !isOtherPassedOn;
        foreach (var step in trace.Steps)
        {
            hops -= step.Hook == Hook.Forward && !isPassed ? 1 : 0;
            isPassed |= step.Hook == Hook.Forward;
            hops = step.Effects.LastOrDefault(effect => effect.Kind == "ttl") is { } set ? int.Parse(set.Value, CultureInfo.InvariantCulture) : hops;
        }
        return hops;
    }

    private static string Rule(Draw draw, string[] targets) => $"-A {draw.Pick("PREROUTING", "FORWARD", "FORWARD", "POSTROUTING", "INPUT")} {draw.Pick(Tests)} {draw.Pick(targets)}\n";

    private static string Dump(IEnumerable<string> rules) =>
        $"*mangle\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n{string.Concat(rules)}COMMIT\n";

    private static Evaluator EvaluatorOf(Compilation dump) => new(dump, Family.IPv4, SmallJourneys.HostOf(0));

    private static Compilation Compile(string dump) => Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
}
