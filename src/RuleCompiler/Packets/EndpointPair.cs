namespace RuleCompiler.Packets;

/// <summary>Source and destination of a connection's one direction.</summary>
public sealed record EndpointPair(Endpoint Source, Endpoint Destination);
