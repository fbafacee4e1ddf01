namespace RuleCompiler.Cli.Input;

/// <summary>A stream of which the first bytes were read already and are read again: a look into a pipe.</summary>
/// <param name="head">What was read already.</param>
/// <param name="rest">What follows.</param>
/// <param name="tail">What is to be read behind that.</param>
internal sealed class ReplayStream(ReadOnlyMemory<byte> head, Stream rest, ReadOnlyMemory<byte> tail = default) : ForwardStream
{
    private ReadOnlyMemory<byte> _head = head;
    private ReadOnlyMemory<byte> _tail = tail;

    public override int Read(Span<byte> buffer)
    {
        if (!_head.IsEmpty)
        {
            return Take(ref _head, buffer);
        }
        var count = rest.Read(buffer);
        return count == 0 ? Take(ref _tail, buffer) : count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }
        base.Dispose(disposing);
    }

    private static int Take(ref ReadOnlyMemory<byte> from, Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, from.Length);
        from.Span[..count].CopyTo(buffer);
        from = from[count..];
        return count;
    }
}
