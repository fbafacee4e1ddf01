namespace RuleCompiler.PacketSpaces;

/// <summary>What becomes of packets at a hook.</summary>
internal enum CellVerdict : byte
{
    /// <summary>They go on.</summary>
    Accept,
    Drop,

    /// <summary>Dropped, and answered: <see cref="Cell.VerdictDetail"/> says how.</summary>
    Reject,

    /// <summary>Given to a program.</summary>
    Queue,

    /// <summary>Taken away by a target that answers in their place, as <see cref="Cell.VerdictDetail"/> says.</summary>
    Stolen,

    /// <summary>A chain looked at by itself has come to its end, or to RETURN.</summary>
    Return,
}
