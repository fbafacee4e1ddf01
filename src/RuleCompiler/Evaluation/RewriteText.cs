using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Evaluation;

/// <summary>Prints the new endpoint of a rewrite; where the kernel picks among several, the range.</summary>
internal static class RewriteText
{
    /// <summary><c>10.1.0.10:9000</c>, <c>[fd00::1]:80</c>, <c>10.1.0.10:9000-9100</c>, <c>10.1.0.10-10.1.0.20:80</c>.</summary>
    public static string Describe(Rewrite rewrite)
    {
        if ((rewrite.Destination ?? rewrite.Source) is not { } endpoint)
        {
            return "";
        }
        if (rewrite.LastAddress is null && rewrite.LastPort is null)
        {
            return endpoint.ToString();
        }
        var addresses = rewrite.LastAddress is { } last ? $"{endpoint.Address}-{last}" : endpoint.Address.ToString();
        if (endpoint.Port is not { } port)
        {
            return addresses;
        }
        var ports = rewrite.LastPort is { } lastPort
            ? string.Create(CultureInfo.InvariantCulture, $"{port}-{lastPort}")
            : port.ToString(CultureInfo.InvariantCulture);
        return endpoint.Address.Family == Family.IPv6 ? $"[{addresses}]:{ports}" : $"{addresses}:{ports}";
    }
}
