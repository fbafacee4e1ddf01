namespace RuleCompiler.Packets;

/// <summary>To whom the arriving frame was addressed (include/uapi/linux/if_packet.h, <c>PACKET_*</c>).</summary>
public enum FrameKind
{
    /// <summary>To this host; also every packet in OUTPUT.</summary>
    Unicast = 0,

    /// <summary>To all of the link.</summary>
    Broadcast = 1,

    /// <summary>To a group.</summary>
    Multicast = 2,
}
