using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>The profiles that come with the compiler.</summary>
public static class ProfileCatalog
{
    private const string Prefix = "profiles/";
    private const string DefaultName = "istio";

    /// <summary>A port alone is anybody's; two of a mesh's numbers together are its own.</summary>
    private const int FewestNumbers = 2;

    private const string Suffix = ".json";

    /// <summary>Their names, sorted.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(ProfileCatalog).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Istio's: for a dump that no profile fits.</summary>
    public static MeshProfile Default => Find(DefaultName) ?? throw new InvalidOperationException($"the profile '{DefaultName}' is missing");

    /// <summary>
    /// The profile whose chains a dump has; where it has none of any, the one whose listeners and users its rules name;
    /// else <see cref="Default"/>.
    /// </summary>
    /// <param name="compilation">A compilation without errors.</param>
    public static MeshProfile InferFor(Compilation compilation)
    {
        var rulesets = compilation.Families.Select(compilation.GetRuleset).OfType<BoundRuleset>().ToArray();
        var chains = rulesets.SelectMany(r => r.Chains).Where(c => c.Symbol.Hook is null).Select(c => c.Symbol.Name).ToArray();
        var profiles = Names.Select(Find).OfType<MeshProfile>().ToArray();
        return profiles.OrderByDescending(p => p.ChainPrefix?.Length)
            .FirstOrDefault(p => p.ChainPrefix is { } prefix && chains.Any(c => c.StartsWith(prefix, StringComparison.Ordinal)))
            ?? InferFromNumbers(rulesets, profiles)
            ?? Default;
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

    /// <summary>Null where no profile's numbers are the dump's, or those of several are, as of those that extend another.</summary>
    private static MeshProfile? InferFromNumbers(BoundRuleset[] rulesets, MeshProfile[] profiles)
    {
        var captures = rulesets.Select(r => new CaptureMap(r)).ToArray();
        var ports = captures.SelectMany(c => c.Redirects).Select(r => r.Port).ToHashSet();
        if (ports.Count == 0)
        {
            return null;
        }
        var owners = captures.SelectMany(c => c.RulesFrom(Hook.Output)).SelectMany(CaptureMap.TestsOf)
            .Where(t => t.Field is PacketField.Uid or PacketField.Gid).Select(t => (uint)t.Value).ToHashSet();
        var best = profiles
            .Select(p => (Profile: p, Count: Count(ports.Contains(p.InboundPort), ports.Contains(p.OutboundPort),
                p.ProxyUids.Concat(p.ProxyGids).Any(owners.Contains))))
            .Where(p => p.Count >= FewestNumbers)
            .GroupBy(p => p.Count)
            .MaxBy(group => group.Key)?
            .ToArray();
        return best is [var only] ? only.Profile : null;

        static int Count(params ReadOnlySpan<bool> facts)
        {
            var count = 0;
            foreach (var fact in facts)
            {
                count += fact ? 1 : 0;
            }
            return count;
        }
    }
}
