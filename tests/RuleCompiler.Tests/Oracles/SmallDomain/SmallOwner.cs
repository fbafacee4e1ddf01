namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Whose socket sent a packet.</summary>
/// <param name="HasSocket">Whether there is one at all.</param>
/// <param name="Uid">Null without a process.</param>
/// <param name="Gid">Null without a process.</param>
internal sealed record SmallOwner(bool HasSocket, uint? Uid, uint? Gid)
{
    /// <summary>The clauses of the packet language that say so.</summary>
    public string Clauses => Uid is null ? $"socket {(HasSocket ? "kernel" : "none")}" : $"uid {Uid} gid {Gid}";
}
