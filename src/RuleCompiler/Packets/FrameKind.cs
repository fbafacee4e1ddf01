namespace RuleCompiler.Packets;

/// <summary>To whom the arriving frame was addressed (include/uapi/linux/if_packet.h, <c>PACKET_*</c>).</summary>
internal enum FrameKind
{
    /// <summary>To this host; also every packet in OUTPUT.</summary>
    Unicast = 0,
    Broadcast = 1,
    Multicast = 2,
}
