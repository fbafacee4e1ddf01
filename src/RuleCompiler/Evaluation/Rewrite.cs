using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>A true change of a packet's source or destination.</summary>
/// <param name="Kind"><c>redirect</c>, <c>dnat</c>, <c>snat</c>, <c>masquerade</c>, <c>netmap</c> or <c>tproxy</c>.</param>
/// <param name="Source">The new source, where that changed.</param>
/// <param name="Destination">The new destination, where that changed; for <c>tproxy</c> the socket looked for.</param>
public sealed record Rewrite(string Kind, Endpoint? Source, Endpoint? Destination)
{
    /// <summary>Last port of the range, where the kernel picks one at random; then the endpoint's port is the first.</summary>
    public ushort? LastPort { get; init; }
}
