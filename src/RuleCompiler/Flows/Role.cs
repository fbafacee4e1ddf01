namespace RuleCompiler.Flows;

/// <summary>Who opens a connection, or takes it.</summary>
public enum Role
{
    /// <summary>Anything outside the pod.</summary>
    Remote,

    /// <summary>The application in the pod; neither the proxy's user nor its group.</summary>
    Application,

    /// <summary>The proxy.</summary>
    Proxy,

    /// <summary>The agent beside the proxy, under the same user.</summary>
    Agent,

    /// <summary>The node's health checks, from an address of their own.</summary>
    Probe,
}
