using System.Runtime.InteropServices;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The raw socket, of a given owner, from which a locally generated packet comes.</summary>
internal sealed class ProbeSocket : IDisposable
{
    private const int RawProtocol = 255;
    private const int SocketLevel = 1;
    private const int Broadcast = 6;
    private const int Mark = 36;
    private readonly int _descriptor;

    /// <param name="packet">Gives owner, mark and family; sent later, as often as asked.</param>
    public ProbeSocket(ProbePacket packet)
    {
        // The kernel takes the owner from the file behind the socket, hence from the file user of its opener.
        Libc.SetGroups([.. packet.Groups]);
        _ = Libc.SetFileGroup(packet.Group ?? 0);
        _ = Libc.SetFileUser(packet.User ?? 0);
        try
        {
            var family = packet.IsV6 ? Libc.AddressFamilyInet6 : Libc.AddressFamilyInet;
            _descriptor = Libc.Check(
                Libc.Socket(family, Libc.SocketRaw | Libc.SocketCloseOnExec, RawProtocol), "raw socket");
        }
        finally
        {
            _ = Libc.SetFileUser(0);
            _ = Libc.SetFileGroup(0);
            Libc.SetGroups([]);
        }

        Libc.Check(Libc.SetOption(_descriptor, SocketLevel, Broadcast, 1, sizeof(int)), "SO_BROADCAST");
        Libc.Check(Libc.SetOption(_descriptor, SocketLevel, Mark, (int)packet.Mark, sizeof(int)), "SO_MARK");
    }

    /// <summary>Sends; that a rule drops the packet, or that rewritten it has no route, is no error.</summary>
    /// <exception cref="IOException">Routing has no way for it, before any chain.</exception>
    public void Send(ProbePacket packet, int tag)
    {
        var bytes = ProbeFrame.Packet(packet, tag);
        var address = SocketAddress.Internet(packet.Destination, 0);
        var sent = Libc.SendTo(_descriptor, bytes, bytes.Length, 0, address, address.Length);
        if (sent < 0 && Marshal.GetLastPInvokeError() is not (Libc.NotPermitted or Libc.Invalid))
        {
            Libc.Check(sent, $"send to {packet.Destination}");
        }
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
