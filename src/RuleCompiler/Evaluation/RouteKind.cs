namespace RuleCompiler.Evaluation;

/// <summary>What routing decides about a packet.</summary>
internal enum RouteKind
{
    /// <summary>No route, or one that refuses: the packet is lost.</summary>
    None,

    /// <summary>For this host. A locally generated one leaves and enters by <c>lo</c>.</summary>
    Local,

    /// <summary>For another host, out of an interface.</summary>
    Remote,
}
