using RuleCompiler.Cli.Input;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>
/// Lines of results, each with its packet's number first and a comma behind that. Where a packet comes again, the rest of its
/// line is copied: from the line before, as in long runs of one flow, or from what was kept of it.
/// </summary>
/// <param name="buffer">Where the lines stand.</param>
internal sealed class NumberedLines(Utf8Buffer buffer)
{
    private Packet? _packet;
    private int _start;
    private int _restStart;
    private int _restLength;

    /// <summary>Writes the line of a packet that was written before.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="before">What stands before the number.</param>
    /// <returns>False where it was not, or is not known any more.</returns>
    public bool TryRepeat(in PacketRecord record, ReadOnlySpan<byte> before)
    {
        var known = record.Line?.Answer as byte[];
        if (known is null && (record.Packet is null || !ReferenceEquals(record.Packet, _packet)))
        {
            return false;
        }
        buffer.Append(before);
        buffer.AppendNumber(record.Number);
        if (known is not null)
        {
            buffer.Append(known);
        }
        else
        {
            buffer.AppendAgain(_restStart, _restLength);
        }
        return true;
    }

    /// <summary>Begins the line of a packet.</summary>
    public void Begin() => _start = buffer.Length;

    /// <summary>Ends the line of a packet.</summary>
    public void End(in ClassifiedPacket packet)
    {
        buffer.Append((byte)'\n');
        if (packet.Error is not null)
        {
            _packet = null;
            return;
        }
        _packet = packet.Packet;
        _restStart = _start + buffer.WrittenSpan[_start..].IndexOf((byte)',');
        _restLength = buffer.Length - _restStart;
        if (packet.Record.Line is { } line)
        {
            line.Answer = buffer.WrittenSpan[_restStart..].ToArray();
        }
    }

    /// <summary>The buffer is emptied: nothing can be copied from it.</summary>
    public void Forget() => _packet = null;
}
