namespace RuleCompiler.DecisionTables;

/// <summary>What a row does with a packet that matches it.</summary>
internal enum ActionKind : byte
{
    /// <summary>Goes on with the next row, perhaps after an effect (LOG, MARK).</summary>
    Continue,
    Accept,
    Drop,
    Reject,
    Return,
    Queue,

    /// <summary>Calls a chain, and comes back behind this row.</summary>
    Jump,

    /// <summary>Goes to a chain, and comes back behind the row that called this one.</summary>
    Goto,
    Redirect,
    Dnat,
    Snat,
    Masquerade,
    Netmap,
    Tproxy,

    /// <summary>Takes SYN and ACK packets away to answer them itself, and lets other packets go on.</summary>
    Synproxy,

    /// <summary>Takes the packet out of tracking and goes on.</summary>
    Notrack,

    /// <summary>A target that the compiler does not know: it may go on, accept or drop.</summary>
    Unknown,
}
