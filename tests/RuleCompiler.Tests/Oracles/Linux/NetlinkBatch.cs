namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Changes of nf_tables, which the kernel takes in transactions only.</summary>
internal static class NetlinkBatch
{
    private const int Begin = 16;
    private const int End = 17;
    private const ushort TablesSubsystem = 10;

    public static void Request(NetlinkSocket socket, NetlinkMessage change) => socket.Request(
        new NetlinkMessage(0, Begin, 0, 0, TablesSubsystem),
        change,
        new NetlinkMessage(0, End, 0, 0, TablesSubsystem));

    /// <summary>Removes all tables of a family.</summary>
    public static void DeleteTables(NetlinkSocket socket, byte family)
    {
        const int deleteTable = 2;
        const ushort acknowledge = 4;
        Request(socket, new NetlinkMessage(TablesSubsystem, deleteTable, acknowledge, family));
    }
}
