namespace RuleCompiler.Cli.Output;

/// <summary>A file written under a temporary name beside its own, which it takes when it is whole.</summary>
/// <remarks>
/// A link is followed and a file's mode kept, so that only the content changes. A device
/// (<c>/dev/stdout</c>) cannot be renamed over and is written directly.
/// </remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string? _temporaryPath;

    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public AtomicFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a directory");
        }
        _path = Path.GetFullPath(path);
        if (IsDevice(_path))
        {
            Stream = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return;
        }
        if (new FileInfo(_path).LinkTarget is not null && File.ResolveLinkTarget(_path, returnFinalTarget: true) is { } target)
        {
            _path = target.FullName;
        }
        var folder = Path.GetDirectoryName(_path);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"there is no folder '{folder}'");
        }
        _temporaryPath = Path.Join(folder, $".{Path.GetFileName(_path)}.{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(_path);
        }
        Stream = new FileStream(_temporaryPath, options);
    }

    public Stream Stream { get; }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        Stream.Dispose();
        if (_temporaryPath is not null)
        {
            File.Move(_temporaryPath, _path, overwrite: true);
        }
    }

    /// <summary>Removes the temporary file, if it was not committed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (_temporaryPath is not null)
        {
            File.Delete(_temporaryPath);
        }
    }

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
