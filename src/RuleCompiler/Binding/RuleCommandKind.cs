namespace RuleCompiler.Binding;

/// <summary>What a line of options asks for.</summary>
internal enum RuleCommandKind : byte
{
    Append,
    Insert,
    Replace,
    DeleteByNumber,
    DeleteByRule,
    NewChain,
    DeleteChain,
    Flush,
    Policy,
    Rename,

    /// <summary>Nothing that changes rules: zeroing counters, a rule of the other family.</summary>
    Nothing,
}
