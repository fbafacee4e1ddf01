namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The rules that the kernel holds: handle to 1-based number.</summary>
internal static class RuleHandles
{
    private const int Subsystem = 10;
    private const int GetRule = 7;
    private const ushort DumpFlags = 0x300;

    /// <returns>The number of each rule in its chain, by table and handle: handles are unique in a table only.</returns>
    public static Dictionary<(string Table, ulong Handle), int> Read(NetlinkSocket socket, byte family)
    {
        var counts = new Dictionary<(string, string), int>();
        var rules = new Dictionary<(string, ulong), int>();
        foreach (var rule in socket.Dump(new NetlinkMessage(Subsystem, GetRule, DumpFlags, family)))
        {
            var (table, chain) = (rule.Text(1), rule.Text(2));
            var number = counts[(table, chain)] = counts.GetValueOrDefault((table, chain)) + 1;
            rules.Add((table, rule.LongNumber(3) ?? 0), number);
        }

        return rules;
    }
}
