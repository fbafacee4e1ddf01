namespace RuleCompiler.Packets;

/// <summary>What <c>-m socket</c> asks about the socket that would take a packet (net/netfilter/xt_socket.c).</summary>
[Flags]
internal enum ReceivingSocket
{
    None = 0,

    /// <summary>There is one.</summary>
    Exists = 1 << 0,

    /// <summary>It listens on the wildcard address.</summary>
    Wildcard = 1 << 1,

    /// <summary>It has <c>IP_TRANSPARENT</c> set.</summary>
    Transparent = 1 << 2,
}
