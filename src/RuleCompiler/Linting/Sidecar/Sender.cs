using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>A process of the pod as rules see it.</summary>
/// <param name="Uid">Its user.</param>
/// <param name="Gid">Its group.</param>
/// <param name="Mark">The mark that it sets on its packets; 0 for none.</param>
internal readonly record struct Sender(uint Uid, uint Gid, uint Mark = 0)
{
    /// <summary>A packet with this process as its owner.</summary>
    public Packet Of(Packet packet) => packet with
    {
        Socket = SocketKind.Process,
        Uid = Uid,
        Gid = Gid,
        Mark = MaskedNumber.Exact(Mark),
    };
}
