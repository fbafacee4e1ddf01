using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Builds one nfnetlink message: header, family, attributes.</summary>
/// <remarks>Source: include/uapi/linux/netlink.h and linux/netfilter/nfnetlink.h; netlink(7).</remarks>
internal sealed class NetlinkMessage
{
    private const int HeaderBytes = 20; // nlmsghdr and nfgenmsg
    private const ushort Nested = 0x8000;
    private readonly List<byte> _bytes = [];

    /// <summary>Begins a message without attributes.</summary>
    /// <param name="subsystem">An <c>NFNL_SUBSYS_</c> number.</param>
    /// <param name="kind">The subsystem's message number.</param>
    /// <param name="flags"><c>NLM_F_</c> flags beside <c>NLM_F_REQUEST</c>.</param>
    /// <param name="family"><c>NFPROTO_</c> number; 0 for any.</param>
    /// <param name="resource">The <c>res_id</c> of nfgenmsg: a queue's number, a batch's subsystem.</param>
    public NetlinkMessage(int subsystem, int kind, ushort flags, byte family, ushort resource = 0)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        BitConverter.TryWriteBytes(header[4..], (ushort)((subsystem << 8) | kind));
        BitConverter.TryWriteBytes(header[6..], (ushort)(flags | 1));
        header[16] = family;
        BinaryPrimitives.WriteUInt16BigEndian(header[18..], resource);
        _bytes.AddRange(header);
    }

    public NetlinkMessage Put(int attribute, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[4];
        BitConverter.TryWriteBytes(header, (ushort)(value.Length + 4));
        BitConverter.TryWriteBytes(header[2..], (ushort)attribute);
        _bytes.AddRange(header);
        _bytes.AddRange(value);
        _bytes.AddRange(stackalloc byte[(4 - (value.Length & 3)) & 3]);
        return this;
    }

    public NetlinkMessage Put(int attribute, byte value) => Put(attribute, [value]);

    public NetlinkMessage Put(int attribute, string value) => Put(attribute, Encoding.UTF8.GetBytes(value + '\0'));

    /// <summary>Adds a number in network byte order.</summary>
    public NetlinkMessage Put(int attribute, uint value)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, value);
        return Put(attribute, number);
    }

    /// <inheritdoc cref="Put(int, uint)"/>
    public NetlinkMessage Put(int attribute, ushort value)
    {
        Span<byte> number = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(number, value);
        return Put(attribute, number);
    }

    /// <summary>Adds an attribute that holds those that <paramref name="content"/> adds.</summary>
    public NetlinkMessage Nest(int attribute, Action<NetlinkMessage> content)
    {
        var start = _bytes.Count;
        Put(attribute | Nested, []);
        content(this);
        BitConverter.TryWriteBytes(CollectionsMarshal.AsSpan(_bytes)[start..], (ushort)(_bytes.Count - start));
        return this;
    }

    /// <summary>The message, its length filled in.</summary>
    public byte[] ToArray()
    {
        var message = _bytes.ToArray();
        BitConverter.TryWriteBytes(message, message.Length);
        return message;
    }
}
