using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Flows;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Finds the mesh whose rules a dump has: the one given, one whose chains it has, or one that it tells by itself.</summary>
internal static class MeshFinder
{
    private static readonly Lazy<ImmutableArray<MeshProfile>> AllKnown =
        new(() => [.. ProfileCatalog.Names.Select(ProfileCatalog.Find).OfType<MeshProfile>()]);

    /// <summary>The profiles that come with the compiler, read once.</summary>
    public static ImmutableArray<MeshProfile> Known => AllKnown.Value;

    /// <summary>The mesh of one family of a dump; null where the dump has none.</summary>
    public static Mesh? Find(LintContext context)
    {
        if (context.Options.Profile is { } given)
        {
            return new Mesh(context, given, IsGiven: true, IsNamed: true);
        }
        if (NamedIn(context).FirstOrDefault() is { } named)
        {
            return new Mesh(context, named, IsGiven: false, IsNamed: true);
        }
        if (!context.Tables.Actions.Any(LeadsHere))
        {
            return null;
        }
        var unknown = Unknown(ProfileCatalog.Default);
        var captures = new CaptureMap(context.Ruleset);
        return new ProfileInference(context.Ruleset, captures, unknown).IsSidecar
            ? new Mesh(context, unknown, IsGiven: false, IsNamed: false)
            : null;
    }

    /// <summary>The known profiles whose chains the dump has, the one with the longest prefix first.</summary>
    public static IEnumerable<MeshProfile> NamedIn(LintContext context)
    {
        var prefixes = Known.Select(profile => profile.ChainPrefix).OfType<string>().Distinct().ToArray();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chain in context.Ruleset.Chains)
        {
            foreach (var prefix in prefixes)
            {
                if (chain.Symbol.Hook is null && chain.Symbol.Name.StartsWith(prefix, StringComparison.Ordinal))
                {
                    found.Add(prefix);
                }
            }
        }
        return Known.Where(profile => profile.ChainPrefix is { } prefix && found.Contains(prefix))
            .OrderByDescending(profile => profile.ChainPrefix?.Length);
    }

    /// <summary>The prefixes of known meshes' chains that the dump has, with their meshes' titles; of two that begin alike the shorter.</summary>
    public static IEnumerable<(string Prefix, string Title)> PrefixesIn(LintContext context)
    {
        var named = NamedIn(context).Select(profile => (Prefix: profile.ChainPrefix ?? "", profile.Title)).DistinctBy(one => one.Prefix).ToArray();
        return named.Where(one => !named.Any(other => other.Prefix.Length < one.Prefix.Length
            && one.Prefix.StartsWith(other.Prefix, StringComparison.Ordinal)));
    }

    private static bool LeadsHere(RuleAction action) => action.Effect switch
    {
        Effect.Translate { Ports: not null } when action.Kind == ActionKind.Redirect => true,
        Effect.Translate { Ports: not null, Low: { } to } when action.Kind == ActionKind.Dnat => CaptureMap.IsLoopback(to),
        Effect.ProxyTo { Port: > 0 } => true,
        _ => false,
    };

    /// <summary>A mesh of which nothing is known but what the dump tells.</summary>
    private static MeshProfile Unknown(MeshProfile shape) => shape with
    {
        Name = "unknown",
        Title = "a sidecar",
        Proxy = "the proxy",
        Agent = "the proxy",
        ChainPrefix = null,
        ProxyUids = [],
        ProxyGids = [],
        ProxyMark = null,
        DnsPort = null,
        ServedPorts = [],
        SelfPorts = [],
        CapturesSelfCalls = false,
        SelfCallExceptions = [],
        CapturesTcpNames = false,
        ProbeSources = [],
        PassthroughSources = [],
    };
}
