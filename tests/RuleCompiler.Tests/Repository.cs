namespace RuleCompiler.Tests;

/// <summary>Where the sources of this build lie.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>RuleCompiler.sln</c>, found upward from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file or folder given from the root, with <c>/</c> between its parts.</summary>
    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    /// <summary>The files below a folder that belong to the sources: nothing from <c>bin</c>, <c>obj</c> and the like.</summary>
    /// <returns>Paths from the root, with <c>/</c>, in ordinal order.</returns>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var path = PathOf(folder);
        return !Directory.Exists(path)
            ? []
            : Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "TestResults"))
                .Order(StringComparer.Ordinal);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RuleCompiler.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"no RuleCompiler.sln in or above {AppContext.BaseDirectory}");
    }
}
