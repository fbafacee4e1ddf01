namespace RuleCompiler.Cli;

/// <summary>The reader of a result has gone (<c>rulec ... | head</c>); there is nobody left to write for.</summary>
internal sealed class ClosedPipeException(IOException inner) : Exception(inner.Message, inner)
{
    private const int BrokenPipe = 32; // EPIPE

    /// <summary>Whether an error of a stream means this.</summary>
    public static bool Is(IOException exception) => exception.HResult == BrokenPipe;
}
