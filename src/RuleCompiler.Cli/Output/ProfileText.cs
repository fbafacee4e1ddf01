using System.Globalization;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>Tells a mesh in a line: who the proxy is, and where it listens.</summary>
internal static class ProfileText
{
    /// <param name="profile">The mesh.</param>
    /// <param name="family">Said in front; null to leave it out.</param>
    public static string Line(MeshProfile profile, Family? family)
    {
        var dns = profile.DnsPort is { } port ? string.Create(CultureInfo.InvariantCulture, $", DNS {port}") : "";
        var listeners = string.Create(
            CultureInfo.InvariantCulture, $"inbound {profile.InboundPort}, outbound {profile.OutboundPort}{dns}");
        string?[] owners =
        [
            profile.ProxyUids.IsEmpty ? null : $"uid {Join(profile.ProxyUids)}",
            profile.ProxyGids.IsEmpty ? null : $"gid {Join(profile.ProxyGids)}",
            profile.ProxyMark is { } value ? string.Create(CultureInfo.InvariantCulture, $"mark 0x{value:x}") : null,
        ];
        var who = string.Join(", ", owners.OfType<string>());
        return $"{(family is { } given ? $"{given.Name()}: " : "")}{profile.Title}: {profile.Proxy} "
            + $"{(who.Length > 0 ? $"is {who}; " : "")}{listeners}";
    }

    /// <summary>A mesh in several lines: its roles, then the flows it has.</summary>
    public static IEnumerable<string> Lines(MeshProfile profile)
    {
        yield return $"{profile.Name}: {Line(profile, null)}";
        (string Name, string Value)[] rows =
        [
            ("chains", profile.ChainPrefix is { } prefix ? $"{prefix}..." : ""),
            ("agent", profile.Agent == profile.Proxy ? "" : profile.Agent),
            ("administration", Join([profile.AdminPort])),
            ("control plane", string.Create(CultureInfo.InvariantCulture, $"{profile.ControlPlane}, port {profile.ControlPlanePort}")),
            ("served ports", string.Join(' ', profile.ServedPorts)),
            ("calls application from", string.Join(' ', profile.PassthroughSources)),
            ("health probes from", string.Join(' ', profile.ProbeSources)),
        ];
        var shown = rows.Where(row => row.Value.Length > 0).ToArray();
        var width = shown.Max(row => row.Name.Length);
        foreach (var (name, value) in shown)
        {
            yield return $"  {name.PadRight(width)}  {value}";
        }
        yield return "";
        foreach (var flow in profile.Flows)
        {
            var through = flow.Captures.IsEmpty ? "no listener" : string.Join(", then ", flow.Captures.Select(profile.ListenerName));
            yield return string.Create(CultureInfo.InvariantCulture, $"  {flow.Number}  {flow.Name}, through {through}");
        }
    }

    private static string Join(IEnumerable<uint> ids) =>
        string.Join(" or ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
