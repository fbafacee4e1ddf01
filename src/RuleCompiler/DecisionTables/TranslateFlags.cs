namespace RuleCompiler.DecisionTables;

/// <summary>How a NAT target picks among addresses and ports (include/uapi/linux/netfilter/nf_nat.h).</summary>
[Flags]
internal enum TranslateFlags
{
    None = 0,

    /// <summary><c>--random</c>: the port is any of the range.</summary>
    Random = 1,

    /// <summary><c>--random-fully</c>.</summary>
    RandomFully = 2,

    /// <summary><c>--persistent</c>: the address depends on the source alone.</summary>
    Persistent = 4,
}
