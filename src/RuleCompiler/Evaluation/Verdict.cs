namespace RuleCompiler.Evaluation;

/// <summary>What became of a packet.</summary>
public enum Verdict
{
    /// <summary>Every chain let it pass.</summary>
    Accept,

    /// <summary>Dropped by a rule or a policy, or by a target that could not do its work.</summary>
    Drop,

    /// <summary>Dropped, and an answer sent.</summary>
    Reject,

    /// <summary>Handed to a user-space queue.</summary>
    Queue,

    /// <summary>Taken by the kernel: held for reassembly, or answered by a proxy.</summary>
    Stolen,
}
