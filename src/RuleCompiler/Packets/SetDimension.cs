namespace RuleCompiler.Packets;

/// <summary>Which side of the packet a dimension of an ipset looks at.</summary>
internal enum SetDimension
{
    Source,
    Destination,
}
