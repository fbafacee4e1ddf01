namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Objects beside the dump that rules name: the accounting object <c>a0</c> and the timeout policy <c>t0</c> of TCP.</summary>
/// <remarks>
/// Source: include/uapi/linux/netfilter/nfnetlink_acct.h and nfnetlink_cttimeout.h; no tools of theirs are asked for.
/// </remarks>
internal static class NamedObjects
{
    private const int Accounting = 7;
    private const int ConntrackTimeout = 8;
    private const int New = 0;
    private const ushort AcknowledgeAndCreate = 0x404;
    private const ushort FamilyV4 = 2;
    private const ushort FamilyV6 = 10;
    private const byte Tcp = 6;
    private const uint Seconds = 100;

    public static void Make(NetlinkSocket socket, bool isV6)
    {
        socket.Request(new NetlinkMessage(Accounting, New, AcknowledgeAndCreate, 0).Put(1, "a0"));
        socket.Request(new NetlinkMessage(ConntrackTimeout, New, AcknowledgeAndCreate, 0)
            .Put(1, "t0").Put(2, isV6 ? FamilyV6 : FamilyV4).Put(3, Tcp).Nest(4, static times => times.Put(1, Seconds)));
    }
}
