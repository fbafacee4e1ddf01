namespace RuleCompiler.Packets;

/// <summary>What a part of an ipset's members is.</summary>
internal enum IpSetPart
{
    /// <summary>An address, network or range (<c>ip</c>, <c>net</c>).</summary>
    Address,

    /// <summary>A protocol and port.</summary>
    Port,

    /// <summary>An interface.</summary>
    Interface,

    /// <summary>A link-layer address.</summary>
    Mac,

    /// <summary>A firewall mark.</summary>
    Mark,

    /// <summary>Another set.</summary>
    Set,
}
