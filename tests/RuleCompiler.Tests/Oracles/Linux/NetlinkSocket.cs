using System.Runtime.InteropServices;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>A netfilter netlink socket of the namespace in which it was opened.</summary>
internal sealed class NetlinkSocket : IDisposable
{
    private const int NetfilterProtocol = 12;
    private const int SocketLevel = 1;
    private const int ReceiveBufferForce = 33;
    private const int ReceiveBufferBytes = 16 << 20;
    private const int ReceiveTimeout = 20;
    private const int DontWait = 0x40;
    private const ushort ErrorMessage = 2;
    private const ushort DoneMessage = 3;
    private const int MessageHeaderBytes = 16;
    private const int HeaderBytes = 20;
    private static readonly byte[] TenSeconds = [10, .. new byte[15]]; // struct timeval
    private readonly int _descriptor;
    private readonly byte[] _buffer = new byte[1 << 17];

    /// <param name="groups">Multicast groups to hear, bit n - 1 for group n.</param>
    public NetlinkSocket(uint groups = 0)
    {
        _descriptor = Libc.Check(
            Libc.Socket(Libc.AddressFamilyNetlink, Libc.SocketRaw | Libc.SocketCloseOnExec, NetfilterProtocol),
            "netlink socket");
        Libc.Check(
            Libc.SetOption(_descriptor, SocketLevel, ReceiveBufferForce, ReceiveBufferBytes, sizeof(int)),
            "netlink buffer");
        Libc.Check(
            Libc.SetOption(_descriptor, SocketLevel, ReceiveTimeout, TenSeconds, TenSeconds.Length),
            "netlink timeout");
        var address = SocketAddress.Netlink(groups);
        Libc.Check(Libc.Bind(_descriptor, address, address.Length), "netlink bind");
    }

    /// <summary>Sends messages in one system call and waits until the kernel acknowledges the one that asks for it.</summary>
    /// <exception cref="IOException">The kernel refused one.</exception>
    public void Request(params IEnumerable<NetlinkMessage> messages)
    {
        Send(messages);
        for (; ; )
        {
            foreach (var (kind, content) in Receive(wait: true))
            {
                if (kind == ErrorMessage)
                {
                    var error = -BitConverter.ToInt32(content.Span);
                    if (error == 0)
                    {
                        return;
                    }

                    throw new IOException($"netlink: {Marshal.GetPInvokeErrorMessage(error)}");
                }
            }
        }
    }

    /// <summary>Asks for a list.</summary>
    /// <returns>The attributes of each element, in the kernel's order.</returns>
    public List<NetlinkAttributes> Dump(NetlinkMessage message)
    {
        Send([message]);
        var elements = new List<NetlinkAttributes>();
        for (; ; )
        {
            foreach (var (kind, content) in Receive(wait: true))
            {
                if (kind is DoneMessage or ErrorMessage)
                {
                    return elements;
                }

                elements.Add(new NetlinkAttributes(content[(HeaderBytes - MessageHeaderBytes)..]));
            }
        }
    }

    public void Send(IEnumerable<NetlinkMessage> messages)
    {
        var data = messages.SelectMany(message => message.ToArray()).ToArray();
        Libc.Check(
            Libc.SendTo(_descriptor, data, data.Length, 0, SocketAddress.Netlink(0), SocketAddress.Netlink(0).Length),
            "netlink send");
    }

    /// <summary>The messages that have come, with the content behind each <c>nlmsghdr</c>.</summary>
    /// <param name="wait">Whether to wait for one; else the list may be empty.</param>
    public List<(ushort Kind, ReadOnlyMemory<byte> Content)> Receive(bool wait)
    {
        var messages = new List<(ushort, ReadOnlyMemory<byte>)>();
        var count = (int)Libc.Receive(_descriptor, _buffer, _buffer.Length, wait ? 0 : DontWait);
        if (count < 0 && (wait || Marshal.GetLastPInvokeError() != Libc.TryAgain))
        {
            throw new IOException($"netlink receive: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var data = count > 0 ? _buffer.AsMemory(0, count).ToArray() : default(ReadOnlyMemory<byte>);
        while (data.Length >= MessageHeaderBytes)
        {
            var length = BitConverter.ToInt32(data.Span);
            messages.Add((BitConverter.ToUInt16(data.Span[4..]), data[MessageHeaderBytes..length]));
            data = data[Math.Min(data.Length, (length + 3) & ~3)..];
        }

        return messages;
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
