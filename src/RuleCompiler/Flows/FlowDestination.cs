namespace RuleCompiler.Flows;

/// <summary>Where a flow's first connection goes.</summary>
public enum FlowDestination
{
    /// <summary>A service outside the pod.</summary>
    Remote,

    /// <summary>The pod's address, a port of the application.</summary>
    Application,

    /// <summary>The pod's address, a port that the proxy or its agent serves itself.</summary>
    Served,

    /// <summary>A service's address that the proxy resolves to this very pod.</summary>
    OwnService,

    /// <summary>The loopback address, the proxy's administration port.</summary>
    Admin,

    /// <summary>The mesh's control plane.</summary>
    ControlPlane,

    /// <summary>A name server outside the pod, port 53.</summary>
    Resolver,
}
