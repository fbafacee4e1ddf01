namespace RuleCompiler.Cli.Output;

/// <summary>Paths as SARIF has them: URI references, relative ones relative to where the tool ran.</summary>
internal static class SarifUri
{
    private const string FileScheme = "file://";

    /// <summary>A path as a URI reference.</summary>
    public static string Of(string path)
    {
        var parts = path.Split('/').Select(Uri.EscapeDataString);
        var escaped = string.Join('/', parts);
        return path.StartsWith('/') ? FileScheme + escaped : escaped;
    }

    /// <summary>The path that <see cref="Of"/> was given.</summary>
    public static string ToPath(string uri) => Uri.UnescapeDataString(
        uri.StartsWith(FileScheme, StringComparison.Ordinal) ? uri[FileScheme.Length..] : uri);
}
