using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads the packet of a line, for one thread.</summary>
internal interface ILineParser
{
    /// <summary>Fields met that are none of a packet's, in order.</summary>
    IReadOnlyCollection<string> UnknownFields { get; }

    /// <param name="line">UTF-8, without its end.</param>
    /// <param name="packet">Null where the line is no packet.</param>
    /// <param name="problem">Then what is wrong with it.</param>
    /// <returns>False for a line that is passed by.</returns>
    bool TryParse(ReadOnlySpan<byte> line, out Packet? packet, out string? problem);
}
