using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Where an accepted packet ends.</summary>
/// <param name="To"><c>local</c> for a socket of this host, <c>remote</c> for what leaves it.</param>
/// <param name="Interface">The interface it comes in by, or leaves by.</param>
/// <param name="Destination">Its destination then.</param>
public sealed record Delivery(string To, string? Interface, Endpoint Destination);
