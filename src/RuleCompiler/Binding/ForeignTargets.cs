namespace RuleCompiler.Binding;

/// <summary>Targets that exist, or once did, but that the compiler does not describe: unknown, yet no misspelt chain.</summary>
/// <remarks>Source: iptables-extensions(8) 1.8.9; xtables-addons(8); older kernels' ipt_* and ip6t_* modules.</remarks>
internal static class ForeignTargets
{
    public static bool Contains(string name) => name is
        "ACCOUNT" or "BALANCE" or "CHAOS" or "CLUSTERIP" or "DELUDE" or "DHCPMAC" or "DNETMAP" or "DNPT"
        or "ECHO" or "FTOS" or "HMARK" or "IMQ" or "IPMARK" or "IPV4OPTSSTRIP" or "LED" or "LOGMARK"
        or "MIRROR" or "NETLINK" or "PROTO" or "RATEEST" or "RAWDNAT" or "RAWSNAT" or "ROUTE" or "SAME" or "SNPT"
        or "STEAL" or "SYNPROXY" or "SYSRQ" or "TARPIT" or "ULOG" or "XOR";
}
