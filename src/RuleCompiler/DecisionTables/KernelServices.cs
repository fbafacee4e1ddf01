namespace RuleCompiler.DecisionTables;

/// <summary>What rules switch on in the kernel by being loaded, whether or not a packet can match them.</summary>
[Flags]
internal enum KernelServices
{
    None = 0,

    /// <summary>Connection tracking, which puts fragments together first.</summary>
    Conntrack = 1,

    /// <summary>Putting fragments together before any rule sees them.</summary>
    Defragmentation = 2,
}
