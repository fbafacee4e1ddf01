using System.Text.Json.Nodes;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Generators;

/// <summary>A host, a dump and packets, drawn from a seed.</summary>
/// <param name="Name">What repeats it.</param>
/// <param name="IsV6">Whether dump and packets are IPv6.</param>
/// <param name="Host">Host facts, JSON.</param>
/// <param name="Dump">A dump that loads.</param>
/// <param name="Packets">Packet expressions that say all a rule of the dump asks for.</param>
internal sealed record RandomCase(string Name, bool IsV6, string Host, string Dump, IReadOnlyList<string> Packets)
{
    private const int PacketCount = 8;

    /// <summary>The flavour as which the dump is loaded.</summary>
    public Flavour Flavour { get; init; } = Flavour.Nft;

    /// <summary>All of it drawn, with <paramref name="size"/> times as many rules as are easily read.</summary>
    public static RandomCase FromSeed(int seed, int size = 1)
    {
        var draw = new Draw(seed);
        var isV6 = draw.Chance(30);
        var host = new RandomHost(draw, isV6);
        var dump = new RandomDump(draw, host, size).Text();
        return new RandomCase($"seed {seed}", isV6, host.Json.ToJsonString(), dump, DrawPackets(draw, host.Stock with
        {
            HasHeaders = isV6 && !dump.Contains("*nat", StringComparison.Ordinal) && !dump.Contains("TPROXY", StringComparison.Ordinal),
            HasBrokenPackets = !dump.Contains("SYNPROXY", StringComparison.Ordinal),
            IsTracking = (bool?)host.Json["conntrack"] != false,
        }));
    }

    /// <summary>Packets drawn for a dump and a host that are given.</summary>
    public static RandomCase FromDump(string name, JsonNode host, string dump, bool isV6, int seed)
    {
        var packets = DrawPackets(new Draw(seed), PacketStock.Of(host, dump, isV6));
        return new RandomCase($"{name}, seed {seed}", isV6, host.ToJsonString(), dump, packets);
    }

    public override string ToString() => $"{Name}\n{Host}\n{Dump}{string.Join('\n', Packets)}\n";

    private static List<string> DrawPackets(Draw draw, PacketStock stock)
    {
        var packet = new RandomPacket(draw, stock);
        return [.. Enumerable.Range(0, PacketCount).Select(_ => packet.Text())];
    }
}
