namespace RuleCompiler.Binding;

/// <summary>What became of looking up an option.</summary>
internal enum OptionOutcome : byte
{
    NotFound,

    /// <summary>A command, <c>-m</c>, <c>-j</c> and the like.</summary>
    BuiltIn,

    /// <summary>An option of a loaded extension, or a built-in test.</summary>
    OfExtension,

    /// <summary>Wrong, and said so.</summary>
    Reported,
}
