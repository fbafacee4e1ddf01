using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>A machine for whole ways of small packets, and what the evaluator says of them there.</summary>
internal static class SmallJourneys
{
    private const int Network = 24;
    private const int Single = 32;
    private const uint ByFirstBit = 100;
    private const uint BySecondBit = 101;

    /// <summary>
    /// 172.16.0.3 is the machine's own and 172.16.0.2 is behind <c>eth1</c>, all else behind <c>eth0</c>: targets lead to all three.
    /// Each interface has an address that no packet has, so that what REDIRECT and MASQUERADE write is seen.
    /// </summary>
    private static HostFacts Host { get; } = new()
    {
        Interfaces =
        [
            new HostInterface("lo", [Prefix(SmallWorld.Loopback, 8), Prefix(SmallWorld.Second, Single)]),
            .. SmallWorld.Interfaces.Where(name => name != "lo").Select((name, index) =>
                new HostInterface(name, [Prefix(0x0a4d0001 + ((uint)index << 8), Network)])),
        ],
        Routes =
        [
            new HostRoute(Family.IPv4, Prefix(SmallWorld.First, Single), null, "eth1"),
            new HostRoute(Family.IPv4, null, null, "eth0"),
        ],
    };

    /// <summary>
    /// The machine of a seed: every other one routes by the two low bits of marks too, and some have an interface without address,
    /// or with one that packets have, or forward nothing.
    /// </summary>
    public static HostFacts HostOf(int seed)
    {
        var host = (seed / 2 % 5) switch
        {
            1 => WithAddress("eth0", SmallWorld.Addresses[4]),
            2 => WithAddress("eth1", null),
            3 => WithAddress("wlan0", SmallWorld.Addresses[1]),
            4 => Host with { Forwarding = false },
            _ => Host,
        };
        return seed % 2 == 0 ? host : host with
        {
            Rules = [new HostRule(new MaskedNumber(1, 1), ByFirstBit), new HostRule(new MaskedNumber(2, 2), BySecondBit)],
            Routes =
            [
                .. host.Routes,
                new HostRoute(Family.IPv4, Prefix(SmallWorld.First, Single - 1), null, "eth2", Table: ByFirstBit),
                new HostRoute(Family.IPv4, null, null, "lo", IsLocal: true, Table: BySecondBit),
            ],
        };
    }

    /// <summary>The machine of a pair's new dump: with every third seed it is another one.</summary>
    public static HostFacts NewHostOf(int seed) => HostOf(seed % 3 == 0 ? seed + 2 : seed);

    private static HostFacts WithAddress(string name, uint? address) => Host with
    {
        Interfaces = [.. Host.Interfaces.Select(known => known.Name != name ? known : known with { Addresses = address is { } own ? [Prefix(own, Single)] : [] })],
    };

    /// <summary>Packets that enter the machine: such as arrive, and stay (<c>out lo</c>) or go on, and such as it sends.</summary>
    /// <param name="fields">What they differ in.</param>
    /// <param name="seed">Chooses among them where there are more than <paramref name="most"/>.</param>
    /// <param name="most">Most packets.</param>
    public static IReadOnlyList<SmallPacket> Packets(SmallFields fields, int seed, int most)
    {
        IReadOnlyList<string> departures = fields.HasFlag(SmallFields.Out) ? SmallWorld.Interfaces : ["lo", "eth0"];
        var all = ((Hook[])[Hook.Prerouting, Hook.Output]).SelectMany(hook => SmallPackets.At(hook, fields))
            .DistinctBy(packet => packet with { Out = null })
            .SelectMany(packet => departures.Select(departure => packet with { Out = departure })).ToList();
        return all.Count <= most ? all : new Draw(seed).Some(most, all);
    }

    public static Packet Parse(SmallPacket packet) =>
        PacketExpression.Parse(SourceText.From(packet.Expression)).Packet ?? throw new FormatException(packet.Expression);

    /// <summary>The trace of a packet that hangs on nothing unknown.</summary>
    public static Trace Trace(Evaluator evaluator, SmallPacket packet) => evaluator.Trace(Parse(packet)).Single();

    /// <summary>What anybody can see of a trace: verdict, addresses, marks, zone, tracking, queues; logs aside.</summary>
    public static string Outcome(SmallDump dump, Trace trace)
    {
        var (source, destination) = (trace.Packet.Source, trace.Packet.Destination);
        foreach (var rewrite in trace.Rewrites)
        {
            (source, destination) = (rewrite.Source ?? source, rewrite.Destination ?? destination);
        }
        var effects = trace.Steps.SelectMany(step => step.Effects).ToList();
        var targets = trace.Steps.Where(step => step.Rule is not null)
            .Select(step => dump.Find(step.Table, step.Chain).Rules[(step.Rule ?? 1) - 1].Target).ToList();
        return string.Join(
            ' ',
            [
                trace.Verdict.ToString(),
                trace.Verdict is Verdict.Reject or Verdict.Queue ? targets[^1].Canonical : "",
                $"{source} {destination}",
                Last("mark", $"0x{trace.Packet.Mark.Value:x}"),
                Last("connmark", $"0x{trace.Packet.ConnectionMark.Value:x}"),
                .. effects.Where(effect => effect.Kind == "zone").Select(effect => $"zone {effect.Value}"),
                IsUntracked(trace) ? "untracked" : "",
                .. targets.Where(target => target.Action == SmallAction.QueueOrAccept).Select(target => target.Canonical),
            ]);

        string Last(string kind, string otherwise) => effects.LastOrDefault(effect => effect.Kind == kind)?.Value ?? otherwise;
    }

    /// <summary>Of CT rules the first decides; an invalid packet that comes back is looked up, and decided on, once more.</summary>
    private static bool IsUntracked(Trace trace) =>
        trace.Packet.State != ConntrackState.Untracked
        && trace.Steps.Where(step => step.Pass == 1 || trace.Packet.State == ConntrackState.Invalid)
            .GroupBy(step => step.Pass)
            .Any(pass => pass.FirstOrDefault(step => step.Action == "notrack" || step.Effects.Any(effect => effect.Kind == "zone"))?.Action == "notrack");

    private static AddressPrefix Prefix(uint address, int length) => new(new IpAddress(Family.IPv4, address), length);
}
