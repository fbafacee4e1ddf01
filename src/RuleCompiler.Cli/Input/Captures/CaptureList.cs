namespace RuleCompiler.Cli.Input.Captures;

/// <summary>The packets of a capture file, by the number of their frame.</summary>
internal sealed class CaptureList(ICaptureReader reader, FrameParser parser) : IPacketList
{
    private long _number;

    public bool Read(out PacketRecord record)
    {
        if (!reader.TryRead(out var frame))
        {
            record = default;
            return false;
        }
        var packet = parser.Parse(frame, out var problem);
        record = new PacketRecord(++_number, packet, problem);
        return true;
    }

    public void Report()
    {
        // a capture has no fields
    }

    public void Dispose() => reader.Dispose();
}
