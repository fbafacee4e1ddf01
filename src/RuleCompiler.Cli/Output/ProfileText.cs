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
        var mark = profile.ProxyMark is { } value ? string.Create(CultureInfo.InvariantCulture, $", mark 0x{value:x}") : "";
        var dns = profile.DnsPort is { } port ? string.Create(CultureInfo.InvariantCulture, $", DNS {port}") : "";
        var listeners = string.Create(
            CultureInfo.InvariantCulture, $"inbound {profile.InboundPort}, outbound {profile.OutboundPort}{dns}");
        return $"{(family is { } given ? $"{given.Name()}: " : "")}{profile.Title}: {profile.Proxy} is "
            + $"uid {Join(profile.ProxyUids)}, gid {Join(profile.ProxyGids)}{mark}; {listeners}";
    }

    private static string Join(IEnumerable<uint> ids) =>
        string.Join(" or ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
