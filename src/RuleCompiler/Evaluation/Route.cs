using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The answer of a route lookup.</summary>
/// <param name="Kind">The decision.</param>
/// <param name="Interface">Where the packet leaves; <c>lo</c> for <see cref="RouteKind.Local"/>; null for <see cref="RouteKind.None"/>.</param>
/// <param name="NextHop">The gateway, or the destination itself on a connected network; null for <see cref="RouteKind.None"/>.</param>
internal readonly record struct Route(RouteKind Kind, string? Interface, IpAddress? NextHop)
{
    /// <summary>No route.</summary>
    public static Route None { get; } = new(RouteKind.None, null, null);
}
