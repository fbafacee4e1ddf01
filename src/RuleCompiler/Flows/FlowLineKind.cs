namespace RuleCompiler.Flows;

/// <summary>What a line of a flow's text is about.</summary>
internal enum FlowLineKind
{
    /// <summary>Number, name and status.</summary>
    Heading,

    /// <summary>The path that the dump makes.</summary>
    Path,

    /// <summary>The article's path, where it differs.</summary>
    Article,

    /// <summary>Why the flow is not as the article has it.</summary>
    Note,

    /// <summary>Who opens a connection, and to whom the rules bring it.</summary>
    Leg,

    /// <summary>A line of a connection's trace.</summary>
    Trace,

    /// <summary>A trace's line that says that the packet does not arrive.</summary>
    Loss,

    /// <summary>Where a looped packet begins its second half.</summary>
    Pass,

    /// <summary>Nothing.</summary>
    Blank,
}
