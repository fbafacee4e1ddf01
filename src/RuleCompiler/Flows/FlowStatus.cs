namespace RuleCompiler.Flows;

/// <summary>How a flow fares under a dump.</summary>
public enum FlowStatus
{
    /// <summary>It works, rule for rule as the article has it.</summary>
    Ok,

    /// <summary>It works, but other rules decide than the article says.</summary>
    Differs,

    /// <summary>It loops, is dropped, or misses the redirect that the dump means it to have.</summary>
    Broken,

    /// <summary>The dump does not capture such traffic.</summary>
    Absent,
}
