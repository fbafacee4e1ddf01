namespace RuleCompiler.Flows;

/// <summary>A listener of the proxy to which rules lead traffic.</summary>
public enum CapturePoint
{
    /// <summary>For connections into the pod.</summary>
    Inbound,

    /// <summary>For connections out of it.</summary>
    Outbound,

    /// <summary>For name queries.</summary>
    Dns,
}
