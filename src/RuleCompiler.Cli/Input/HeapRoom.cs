namespace RuleCompiler.Cli.Input;

/// <summary>Room that the heap may take before garbage is collected, by the size of what was read.</summary>
/// <remarks>
/// What a dump becomes lives until the command ends. To collect while it is compiled moves all of it several times
/// and frees next to nothing; it took up to a third of a command's time.
/// </remarks>
internal sealed class HeapRoom
{
    /// <summary>What compiling takes, in bytes for each of the dump.</summary>
    private const long BytesPerByte = 28;

    /// <summary>The same with the boxes of all rules.</summary>
    private const long BytesPerByteWithBoxes = 50;

    /// <summary>Smaller inputs never come to a collection.</summary>
    private const long MinBytes = 1 << 20;

    private const long MaxBytes = 320L << 20;

    private const long MaxBytesWithBoxes = 1L << 30;

    private int _isMade;

    /// <summary>Whether the command makes boxes of all rules and then little else: they live as long and take nearly as much again.</summary>
    public bool HoldsBoxes { get; set; }

    /// <summary>Lets the heap grow, for the first large input.</summary>
    /// <param name="inputBytes">The size of all that is about to be compiled.</param>
    public void MakeFor(long inputBytes)
    {
        if (inputBytes < MinBytes || Interlocked.Exchange(ref _isMade, 1) != 0)
        {
            return;
        }
        var room = HoldsBoxes ? Math.Min(BytesPerByteWithBoxes * inputBytes, MaxBytesWithBoxes) : Math.Min(BytesPerByte * inputBytes, MaxBytes);
        try
        {
            _ = GC.TryStartNoGCRegion(Math.Min(room, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // The process has made room for something else, or the machine has none to spare.
        }
    }
}
