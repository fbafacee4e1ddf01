namespace RuleCompiler.Flows;

/// <summary>A rule of the article's chain, by what tells it from the others.</summary>
/// <param name="Number">Its number there.</param>
/// <param name="Action"><c>return</c>, or the capture point it leads to: <c>inbound</c>, <c>outbound</c>.</param>
/// <param name="Owner"><c>uid</c>, <c>notUid</c>, <c>gid</c>, <c>notGid</c>; null for a rule that asks for no owner.</param>
/// <param name="Source"><c>passthrough</c> where it asks for that source; else null.</param>
/// <param name="Destination"><c>loopback</c> where it asks for that destination; else null.</param>
public sealed record ArticleRule(
    int Number, string Action, string? Owner = null, string? Source = null, string? Destination = null);
