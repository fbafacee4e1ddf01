using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Tells a host in a few lines: interfaces with addresses, then routes.</summary>
internal static class HostText
{
    public static IEnumerable<string> Lines(HostFacts host)
    {
        yield return host.IsInferred ? "host, inferred from the dump (--host FILE gives another)" : "host";
        foreach (var device in host.Interfaces)
        {
            yield return $"  {DisplayText.Escape(device.Name)}  {string.Join("  ", device.Addresses)}".TrimEnd();
        }
        foreach (var route in host.Routes)
        {
            var kind = route.IsLocal ? "local " : route.RejectType is { } type ? $"{type} " : "";
            var via = route.Via is { } gateway ? $" via {gateway}" : "";
            var device = route.Interface is { } name ? $" dev {DisplayText.Escape(name)}" : "";
            var table = route.Table is { } number ? $" table {number}" : "";
            yield return $"  {kind}{route.Destination?.ToString() ?? "default"}{via}{device}{table}";
        }
    }
}
