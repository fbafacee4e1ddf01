using NUnit.Framework;

namespace RuleCompiler.Tests;

/// <summary>
/// The data that lies beside the repository in <c>../shared</c> and is no part of it: real dumps, recorded kernel
/// traces, generators of large sets. <c>RULEC_SHARED</c> names another place.
/// </summary>
internal static class SharedData
{
    /// <summary>Full path of the folder; null where it is absent.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The full path of a file or folder of the shared data; skips the running test where it is absent.</summary>
    /// <param name="relativePath">From the shared folder, with <c>/</c> between its parts.</param>
    public static string Require(string relativePath = "")
    {
        var path = Folder is null ? null : Path.Combine(Folder, relativePath);
        if (path is null || !Path.Exists(path))
        {
            Assert.Ignore($"needs ../shared/{relativePath} beside the repository (or in $RULEC_SHARED)");
        }
        return path;
    }

    /// <summary>The files below a folder of the shared data, for test case sources; none where it is absent.</summary>
    /// <returns>Full paths in ordinal order.</returns>
    public static IEnumerable<string> Files(string relativePath, string pattern)
    {
        var path = Folder is null ? null : Path.Combine(Folder, relativePath);
        return path is null || !Directory.Exists(path)
            ? []
            : Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
    }

    private static string? Find()
    {
        var path = Environment.GetEnvironmentVariable("RULEC_SHARED") is { Length: > 0 } given
            ? given
            : Path.Combine(Repository.Root, "..", "shared");
        return Directory.Exists(path) ? Path.GetFullPath(path) : null;
    }
}
