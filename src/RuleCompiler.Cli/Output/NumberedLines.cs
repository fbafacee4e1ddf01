using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>
/// Lines of results, each with its packet's number first and a comma behind that. Where the same packet comes again, as in
/// long runs of one flow, the rest of its line is copied.
/// </summary>
/// <param name="buffer">Where the lines stand.</param>
internal sealed class NumberedLines(Utf8Buffer buffer)
{
    private Packet? _packet;
    private int _start;
    private int _restStart;
    private int _restLength;

    /// <summary>Begins the line of a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="before">What stands before the number.</param>
    /// <returns>False where that was all, for the packet is the one of the line before.</returns>
    public bool Begin(in ClassifiedPacket packet, ReadOnlySpan<byte> before)
    {
        _start = buffer.Length;
        if (packet.Packet is null || !ReferenceEquals(packet.Packet, _packet))
        {
            _packet = null;
            return true;
        }
        buffer.Append(before);
        buffer.AppendNumber(packet.Number);
        buffer.AppendAgain(_restStart, _restLength);
        return false;
    }

    /// <summary>Ends the line of a packet.</summary>
    public void End(in ClassifiedPacket packet)
    {
        buffer.Append((byte)'\n');
        _packet = packet.Packet;
        _restStart = _start + buffer.WrittenSpan[_start..].IndexOf((byte)',');
        _restLength = buffer.Length - _restStart;
    }

    /// <summary>The buffer is emptied: nothing can be copied from it.</summary>
    public void Forget() => _packet = null;
}
