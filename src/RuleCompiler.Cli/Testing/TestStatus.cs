namespace RuleCompiler.Cli.Testing;

/// <summary>How a scenario or claim fared.</summary>
internal enum TestStatus
{
    /// <summary>All is as the file says.</summary>
    Passed,

    /// <summary>Something is not.</summary>
    Failed,

    /// <summary>All is, once the snapshot was accepted.</summary>
    Accepted,

    /// <summary>There is no answer within the limits.</summary>
    Undecided,
}
