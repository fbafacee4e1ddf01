namespace RuleCompiler.Cli.Input.Captures;

/// <summary>Reads the frames of a capture file, one after the other.</summary>
internal interface ICaptureReader : IDisposable
{
    /// <returns>False behind the last frame.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or cut off.</exception>
    bool TryRead(out CapturedFrame frame);
}
