namespace RuleCompiler.Evaluation;

/// <summary>What is known of one field of a packet where a rule asks for it.</summary>
internal enum FieldStatus : byte
{
    /// <summary>Nobody has asked yet, or the packet has changed since.</summary>
    Pending,

    /// <summary>The packet has no such field.</summary>
    Absent,

    /// <summary>The value is known.</summary>
    Present,

    /// <summary>The field is there, but its value is not, or not fully, known; or it has several values, or may be absent.</summary>
    Open,
}
