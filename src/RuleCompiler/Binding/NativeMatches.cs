using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Binding;

/// <summary>The matches of a rule as nft's iptables-save finds them again.</summary>
/// <remarks>
/// Source: iptables/nft.c, <c>add_match</c>, and nft-ruleparse.c, <c>nft_create_match</c>: tests of TCP and UDP headers
/// become instructions of nf_tables, which do not tell of which match they were. Where an option stands in both matches
/// that iptables-save shows the last one alone; here they stay two, for the rule asks both.
/// </remarks>
internal static class NativeMatches
{
    /// <summary>Puts the options of later matches of one protocol's header into the first.</summary>
    public static IEnumerable<BoundMatch> Join(IEnumerable<BoundMatch> matches)
    {
        var joined = new List<BoundMatch>();
        foreach (var match in matches)
        {
            var first = IsJoined(match) ? joined.FindIndex(other => other.Extension == match.Extension && IsJoined(other)) : -1;
            if (first >= 0 && !match.Options.Any(option => PortMatch.IsAsked(joined[first], option.Spec)))
            {
                var into = joined[first];
                joined[first] = new BoundMatch(into.Extension, into.Context, into.NameToken, [.. into.Options, .. match.Options]);
                continue;
            }
            joined.Add(match);
        }
        return joined;
    }

    private static bool IsJoined(BoundMatch match) =>
        match.Context.Flavour == Flavour.Nft && match.Extension is PortMatch ports && ports.IsNative(match);
}
