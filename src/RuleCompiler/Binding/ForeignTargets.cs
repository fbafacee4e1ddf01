namespace RuleCompiler.Binding;

/// <summary>Targets that exist, or once did, but that the compiler does not describe: unknown, yet no misspelt chain.</summary>
/// <remarks>Source: xtables-addons(8); older kernels' ipt_* and ip6t_* modules.</remarks>
internal static class ForeignTargets
{
    public static bool Contains(string name) => name is
        "ACCOUNT" or "BALANCE" or "CHAOS" or "DELUDE" or "DHCPMAC" or "DNETMAP" or "ECHO" or "FTOS" or "IMQ" or "IPMARK"
        or "IPV4OPTSSTRIP" or "LOGMARK" or "MIRROR" or "NETLINK" or "PROTO" or "RAWDNAT" or "RAWSNAT" or "ROUTE" or "SAME"
        or "STEAL" or "SYSRQ" or "TARPIT" or "XOR";
}
