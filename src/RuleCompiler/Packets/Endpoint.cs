namespace RuleCompiler.Packets;

/// <summary>An address and, where the protocol has ports, a port.</summary>
public readonly record struct Endpoint(IpAddress Address, ushort? Port)
{
    /// <summary><c>address:port</c>, or the address alone.</summary>
    public override string ToString() => Address.ToString(Port);
}
