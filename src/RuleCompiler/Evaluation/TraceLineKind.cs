namespace RuleCompiler.Evaluation;

/// <summary>What a line of a trace's text is about.</summary>
public enum TraceLineKind
{
    /// <summary>The packet, as it entered.</summary>
    Packet,

    /// <summary>A rule that matched, or a policy.</summary>
    Step,

    /// <summary>A rule that was passed by.</summary>
    PassedRule,

    /// <summary>Where a looped packet begins its second half.</summary>
    Pass,

    /// <summary>What became of the packet.</summary>
    Verdict,

    /// <summary>Rewrites, assumptions.</summary>
    Note,
}
