namespace RuleCompiler.Packets;

/// <summary>Whose socket sent a locally generated packet.</summary>
public enum SocketKind
{
    /// <summary>None: forwarded packets, and some of TCP's own answers.</summary>
    None,

    /// <summary>The kernel's own: ICMP replies and errors, RST to a closed port.</summary>
    Kernel,

    /// <summary>A process's; its user and group can be asked for.</summary>
    Process,
}
