using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>A route of a table.</summary>
/// <param name="Prefix">The destinations it is for.</param>
/// <param name="Type">One type: what becomes of their packets (<c>RTN_*</c>).</param>
/// <param name="Interface">Where they leave; null for a route that refuses, and where only the gateway is told.</param>
/// <param name="Via">The gateway, if any.</param>
internal sealed record RouteEntry(AddressPrefix Prefix, AddressType Type, string? Interface, IpAddress? Via);
