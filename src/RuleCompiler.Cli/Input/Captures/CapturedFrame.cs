namespace RuleCompiler.Cli.Input.Captures;

/// <summary>A frame of a capture file.</summary>
/// <param name="Bytes">As much of it as was captured.</param>
/// <param name="LinkType">What it begins with: a number of <c>LINKTYPE_...</c> (tcpdump.org/linktypes.html).</param>
/// <param name="Interface">The interface it was seen at; null where the file does not tell.</param>
internal readonly record struct CapturedFrame(ReadOnlyMemory<byte> Bytes, int LinkType, string? Interface);
