namespace RuleCompiler.Packets;

/// <summary>A process of the host, by what rules can ask of its packets.</summary>
/// <param name="Role">What it is to a mesh.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Uid">The user it runs as.</param>
/// <param name="Gid">The group it runs as.</param>
public sealed record HostProcess(HostRole Role, string Name, uint Uid, uint Gid);
