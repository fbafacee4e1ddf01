namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The fields of a <see cref="SmallPacket"/> that a dump can make a difference by.</summary>
[Flags]
internal enum SmallFields
{
    None = 0,
    Protocol = 1,
    Source = 2,
    Destination = 4,
    SourcePort = 8,
    DestinationPort = 16,
    Flags = 32,
    IcmpType = 64,
    In = 128,
    Out = 256,
    Uid = 512,
    Gid = 1024,
    State = 2048,
    Mark = 4096,
    ConnectionMark = 8192,
}
