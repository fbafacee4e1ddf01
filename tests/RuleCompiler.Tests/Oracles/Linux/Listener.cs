using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>A listening socket of the host facts.</summary>
internal sealed class Listener : IDisposable
{
    private const int InternetLevel = 0;
    private const int TransparentOption = 19;
    private const int InternetV6Level = 41;
    private const int TransparentV6Option = 75;
    private readonly int _descriptor;

    public Listener(JsonNode socket)
    {
        var address = IPAddress.Parse((string)socket["address"]!);
        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var isStream = (string?)socket["protocol"] == "tcp";
        _descriptor = Libc.Check(
            Libc.Socket(
                isV6 ? Libc.AddressFamilyInet6 : Libc.AddressFamilyInet,
                (isStream ? Libc.SocketStream : Libc.SocketDatagram) | Libc.SocketCloseOnExec,
                0),
            "listener");
        if ((bool?)socket["transparent"] == true)
        {
            var (level, option) = isV6 ? (InternetV6Level, TransparentV6Option) : (InternetLevel, TransparentOption);
            Libc.Check(Libc.SetOption(_descriptor, level, option, 1, sizeof(int)), "IP_TRANSPARENT");
        }

        var bytes = SocketAddress.Internet(address, (ushort)(int)socket["port"]!);
        Libc.Check(Libc.Bind(_descriptor, bytes, bytes.Length), "bind listener");
        if (isStream)
        {
            Libc.Check(Libc.Listen(_descriptor, 16), "listen");
        }
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
