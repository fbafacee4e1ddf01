using System.Collections.Immutable;

namespace RuleCompiler.Flows;

/// <summary>The profiles that come with the compiler.</summary>
public static class ProfileCatalog
{
    private const string Prefix = "profiles/";
    private const string Suffix = ".json";

    /// <summary>Their names, sorted.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(ProfileCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The profile of a name; null where there is none.</summary>
    public static MeshProfile? Find(string name)
    {
        using var stream = typeof(ProfileCatalog).Assembly.GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null)
        {
            return null;
        }
        using var json = new MemoryStream();
        stream.CopyTo(json);
        return ProfileReader.Read(json.ToArray());
    }
}
