using System.Globalization;

namespace RuleCompiler.Evaluation;

/// <summary>Prints the new endpoint of a rewrite; where the kernel picks among several ports, their range.</summary>
internal static class RewriteText
{
    /// <summary><c>10.1.0.10:9000</c>, <c>[fd00::1]:80</c>, <c>10.1.0.10:9000-9100</c>.</summary>
    public static string Describe(Rewrite rewrite) => (rewrite.Destination ?? rewrite.Source) is { } endpoint
        ? string.Create(CultureInfo.InvariantCulture, $"{endpoint}{(rewrite.LastPort is { } last ? $"-{last}" : "")}")
        : "";
}
