using System.Diagnostics;
using System.Globalization;

namespace RuleCompiler.Cli.Output;

/// <summary>A line on a terminal that says how far a long run is; nothing elsewhere, nothing for a short one.</summary>
internal sealed class Progress(Session session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _shown = Stopwatch.GetTimestamp();
    private bool _isShown;

    /// <param name="packets">Packets so far.</param>
    /// <param name="part">Which part of the input that is, 0 to 1; null where its length is not known.</param>
    public void Show(long packets, double? part)
    {
        if (!session.Streams.IsErrorTerminal || session.Verbosity == Verbosity.Quiet || Stopwatch.GetElapsedTime(_shown) < Patience)
        {
            return;
        }
        _shown = Stopwatch.GetTimestamp();
        _isShown = true;
        var elapsed = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var left = part is > 0 and var done
            ? string.Create(CultureInfo.InvariantCulture, $", {done:P0}, {elapsed / done * (1 - done):0} s left")
            : "";
        Write(string.Create(CultureInfo.InvariantCulture, $"\r\e[K{packets:#,0} packets, {packets / elapsed:#,0}/s{left}"));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isShown)
        {
            Write("\r\e[K");
        }
    }

    private void Write(string text)
    {
        using var buffer = new Text.Utf8Buffer();
        buffer.Append(text);
        session.Streams.Error.Write(buffer.WrittenSpan);
    }
}
