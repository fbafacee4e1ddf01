namespace RuleCompiler.Packets;

/// <summary>A listening socket of the host.</summary>
/// <param name="Protocol">Protocol number.</param>
/// <param name="Address">The address it is bound to; all zero is the wildcard.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsTransparent">Whether it has <c>IP_TRANSPARENT</c> set.</param>
public sealed record HostSocket(byte Protocol, IpAddress Address, ushort Port, bool IsTransparent);
