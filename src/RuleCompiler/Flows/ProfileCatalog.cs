using System.Collections.Immutable;

namespace RuleCompiler.Flows;

/// <summary>The profiles that come with the compiler.</summary>
public static class ProfileCatalog
{
    private const string Prefix = "profiles/";
    private const string Default = "istio";
    private const string Suffix = ".json";

    /// <summary>Their names, sorted.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(ProfileCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The profile whose chains a dump has; Istio's where it has none of any.</summary>
    /// <param name="compilation">A compilation without errors.</param>
    public static MeshProfile InferFor(Compilation compilation)
    {
        var chains = compilation.Families.SelectMany(f => compilation.GetRuleset(f)?.Chains ?? []).Select(c => c.Symbol.Name).ToArray();
        return Names.Select(Find).OfType<MeshProfile>()
            .OrderByDescending(p => p.ChainPrefix?.Length)
            .FirstOrDefault(p => p.ChainPrefix is { } prefix && chains.Any(c => c.StartsWith(prefix, StringComparison.Ordinal)))
            ?? Find(Default) ?? throw new InvalidOperationException($"the profile '{Default}' is missing");
    }

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
