using System.Buffers.Binary;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>
/// Holds locally generated packets back until their socket is closed: that is how a packet without a socket is made.
/// </summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_queue.h; net/netfilter/nfnetlink_queue.c.</remarks>
internal sealed class HeldPackets : IDisposable
{
    private const int QueueSubsystem = 3;
    private const int Verdict = 1;
    private const int Configure = 2;
    private const int RulesSubsystem = 10;
    private const int NewRule = 6;
    private const ushort Acknowledge = 4;
    private const ushort CreateAndAppend = 0xc00;
    private const ushort Number = 7;
    private readonly NetlinkSocket _queue = new();

    public HeldPackets() => _queue.Request(
        new NetlinkMessage(QueueSubsystem, Configure, 0, 0, Number).Put(1, [1, 0, 0, 0]),
        new NetlinkMessage(QueueSubsystem, Configure, Acknowledge, 0, Number).Put(2, [0, 0, 0, 0, 1]));

    /// <summary>Adds a rule to a chain that puts every packet into the queue.</summary>
    /// <remarks>By the target of iptables, since nf_tables' own queue statement is absent from many kernels.</remarks>
    public static void AddRule(NetlinkSocket socket, byte family, string table, string chain) => NetlinkBatch.Request(
        socket,
        new NetlinkMessage(RulesSubsystem, NewRule, Acknowledge | CreateAndAppend, family)
            .Put(1, table)
            .Put(2, chain)
            .Nest(4, expressions => expressions.Nest(1, expression => expression
                .Put(1, "target")
                .Nest(2, target => target
                    .Put(1, "NFQUEUE")
                    .Put(2, 0u)
                    .Put(3, BitConverter.GetBytes(Number))))));

    /// <summary>Lets the packet held go on its way, within this call.</summary>
    public void Release()
    {
        var header = new NetlinkAttributes(_queue.Receive(wait: true)[0].Content[4..])[1].Span;
        Span<byte> verdict = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(verdict, TraceEvent.Accept);
        header[..4].CopyTo(verdict[4..]);
        _queue.Request(new NetlinkMessage(QueueSubsystem, Verdict, Acknowledge, 0, Number).Put(2, verdict));
    }

    public void Dispose() => _queue.Dispose();
}
