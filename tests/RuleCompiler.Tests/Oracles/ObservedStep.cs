using System.Globalization;

namespace RuleCompiler.Tests.Oracles;

/// <summary>A rule that matched, or a policy that applied, in the form of the trace's JSON.</summary>
/// <param name="Hook">In capitals.</param>
/// <param name="Table">In small letters.</param>
/// <param name="Chain">The chain that holds the rule.</param>
/// <param name="Rule">1-based in its chain; null for a policy.</param>
/// <param name="Line">1-based in the dump; null for a policy, whose line is not compared.</param>
/// <param name="Action">As in the trace's JSON.</param>
/// <param name="Target">As in the trace's JSON.</param>
internal sealed record ObservedStep(
    string Hook, string Table, string Chain, int? Rule, int? Line, string Action, string? Target)
{
    public override string ToString()
    {
        var place = Rule is { } rule ? string.Create(CultureInfo.InvariantCulture, $"{Chain}#{rule} (line {Line})") : Chain;
        return $"{Hook,-11} {Table,-8} {place,-28} {Action} {Target}".TrimEnd();
    }
}
