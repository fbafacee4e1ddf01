using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The byte forms of socket addresses that <c>bind</c> and <c>sendto</c> take.</summary>
internal static class SocketAddress
{
    /// <summary><c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
    public static byte[] Internet(IPAddress address, ushort port)
    {
        var isInet = address.AddressFamily == AddressFamily.InterNetwork;
        var bytes = new byte[isInet ? 16 : 28];
        BitConverter.TryWriteBytes(bytes, (ushort)(isInet ? Libc.AddressFamilyInet : Libc.AddressFamilyInet6));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), port);
        address.GetAddressBytes().CopyTo(bytes, isInet ? 4 : 8);
        return bytes;
    }

    /// <summary><c>sockaddr_ll</c>: frames of every protocol on one interface.</summary>
    public static byte[] Link(int interfaceIndex)
    {
        var bytes = new byte[20];
        BitConverter.TryWriteBytes(bytes, (ushort)Libc.AddressFamilyPacket);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), interfaceIndex);
        return bytes;
    }

    /// <summary><c>sockaddr_nl</c>: the kernel, or with groups what it multicasts there.</summary>
    /// <param name="groups">Bit n - 1 stands for group n.</param>
    public static byte[] Netlink(uint groups)
    {
        var bytes = new byte[12];
        BitConverter.TryWriteBytes(bytes, (ushort)Libc.AddressFamilyNetlink);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), groups);
        return bytes;
    }
}
