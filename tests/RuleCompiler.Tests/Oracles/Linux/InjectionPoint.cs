using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Where a frame is sent so that it arrives by an interface of the host.</summary>
internal sealed class InjectionPoint : IDisposable
{
    private readonly int _descriptor;
    private readonly byte[] _address;
    private readonly byte[] _mac;

    /// <param name="name">The interface's other end, in the calling thread's namespace; <c>lo</c> is its own.</param>
    /// <param name="mac">The address frames to the host bear.</param>
    public InjectionPoint(string name, byte[] mac)
    {
        _descriptor = Libc.Check(
            Libc.Socket(Libc.AddressFamilyPacket, Libc.SocketRaw | Libc.SocketCloseOnExec, 0), "packet socket");
        _address = SocketAddress.Link(Libc.InterfaceIndex(name));
        _mac = mac;
    }

    public void Send(ProbePacket packet, int tag)
    {
        var frame = ProbeFrame.Frame(packet, tag, _mac);
        Libc.Check(Libc.SendTo(_descriptor, frame, frame.Length, 0, _address, _address.Length), "send frame");
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
