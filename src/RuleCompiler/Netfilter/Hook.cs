namespace RuleCompiler.Netfilter;

/// <summary>The five places where the kernel's IP stack asks netfilter (include/uapi/linux/netfilter.h).</summary>
public enum Hook
{
    /// <summary>A packet has arrived; before routing.</summary>
    Prerouting,

    /// <summary>Routing said: for this host.</summary>
    Input,

    /// <summary>Routing said: for another host.</summary>
    Forward,

    /// <summary>A packet of this host; routing has chosen its interface.</summary>
    Output,

    /// <summary>About to leave.</summary>
    Postrouting,
}
