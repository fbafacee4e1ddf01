namespace RuleCompiler.Packets;

/// <summary>What a process is to a mesh.</summary>
public enum HostRole
{
    /// <summary>An application, whose connections the mesh takes.</summary>
    Application,

    /// <summary>The mesh's proxy.</summary>
    Proxy,

    /// <summary>A resolver that is no part of the mesh, and asks others for names.</summary>
    Resolver,
}
