namespace RuleCompiler.Tests.Generators;

/// <summary>A host, a dump and packets, drawn from a seed.</summary>
/// <param name="Seed">What repeats it.</param>
/// <param name="IsV6">Whether dump and packets are IPv6.</param>
/// <param name="Host">Host facts, JSON.</param>
/// <param name="Dump">A dump that loads.</param>
/// <param name="Packets">Packet expressions that say all a rule of the dump asks for.</param>
internal sealed record RandomCase(int Seed, bool IsV6, string Host, string Dump, IReadOnlyList<string> Packets)
{
    private const int PacketsPerCase = 8;

    public static RandomCase FromSeed(int seed)
    {
        var draw = new Draw(seed);
        var isV6 = draw.Chance(30);
        var host = new RandomHost(draw, isV6);
        var dump = new RandomDump(draw, host).Text();
        var packet = new RandomPacket(draw, host);
        return new RandomCase(
            seed,
            isV6,
            host.Json.ToJsonString(),
            dump,
            [.. Enumerable.Range(0, PacketsPerCase).Select(_ => packet.Text())]);
    }

    public override string ToString() => $"seed {Seed}\n{Host}\n{Dump}{string.Join('\n', Packets)}\n";
}
