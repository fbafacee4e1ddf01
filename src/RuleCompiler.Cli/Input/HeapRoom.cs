namespace RuleCompiler.Cli.Input;

/// <summary>Room that the heap may take before garbage is collected, by the size of what was read.</summary>
/// <remarks>
/// What a dump becomes lives until the command ends. To collect while it is compiled moves all of it several times
/// and frees next to nothing; it took up to a third of a command's time.
/// </remarks>
internal sealed class HeapRoom
{
    /// <summary>Smaller inputs never come to a collection.</summary>
    private const long MinBytes = MegaByte;

    private const long MegaByte = 1 << 20;

    private int _isMade;

    /// <summary>What the command will make of the dumps.</summary>
    public HeapUse Use { get; set; }

    /// <summary>Lets the heap grow, for the first large input.</summary>
    /// <param name="inputBytes">The size of all that is about to be compiled.</param>
    public void MakeFor(long inputBytes)
    {
        if (inputBytes < MinBytes || Interlocked.Exchange(ref _isMade, 1) != 0)
        {
            return;
        }
        var (bytesPerByte, most) = Use switch
        {
            HeapUse.Boxes => (50, 1024 * MegaByte),
            HeapUse.Proofs => (56, 1024 * MegaByte),
            _ => (28, 320 * MegaByte),
        };
        var room = Math.Min(bytesPerByte * inputBytes, most);
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
