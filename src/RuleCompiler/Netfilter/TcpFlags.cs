namespace RuleCompiler.Netfilter;

/// <summary>The flag bits of a TCP header (RFC 9293, 3.1), as byte 13 holds them.</summary>
[Flags]
public enum TcpFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>No more data.</summary>
    Fin = 0x01,

    /// <summary>Opens a connection.</summary>
    Syn = 0x02,

    /// <summary>Resets it.</summary>
    Rst = 0x04,

    /// <summary>Push.</summary>
    Psh = 0x08,

    /// <summary>The acknowledgement field counts.</summary>
    Ack = 0x10,

    /// <summary>The urgent pointer counts.</summary>
    Urg = 0x20,

    /// <summary>Congestion was echoed (RFC 3168).</summary>
    Ece = 0x40,

    /// <summary>The congestion window was reduced (RFC 3168).</summary>
    Cwr = 0x80,
}
