namespace RuleCompiler.Scenarios;

/// <summary>What a line of a scenario file is.</summary>
internal enum StatementKind
{
    /// <summary>A dump under test.</summary>
    Dump,

    /// <summary>The host facts.</summary>
    Host,

    /// <summary>The mesh.</summary>
    Profile,

    /// <summary>Opens a scenario.</summary>
    Scenario,

    /// <summary>Opens a claim that no packet of a space satisfies its conditions.</summary>
    Never,

    /// <summary>Opens a claim that every packet of a space satisfies its conditions.</summary>
    Always,

    /// <summary>A packet of a scenario.</summary>
    Packet,

    /// <summary>The space of a claim.</summary>
    Space,

    /// <summary>The flows of the mesh in place of packets.</summary>
    Flows,

    /// <summary>The trace is held against the accepted one.</summary>
    Snapshot,

    /// <summary>A condition that a scenario's packets are expected to meet.</summary>
    Expect,

    /// <summary>A condition of a claim.</summary>
    Condition,
}
