using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Tells which outcomes of unknowns a way takes, as <c>trace</c> and <c>--assume</c> have it.</summary>
internal static class AssumptionTexts
{
    private static readonly string[] Actions = ["continue", "accept", "drop"];

    /// <summary>One outcome.</summary>
    public static Assumption Of(Assumed assumed, UnknownTable unknowns)
    {
        var unknown = unknowns[assumed.Variable];
        var place = string.Create(CultureInfo.InvariantCulture, $"{assumed.Chain.Table.Name()}:{assumed.Chain.Name}:{assumed.RuleNumber}");
        return unknown.IsAction
            ? new Assumption(unknown.Name, place, true) { Action = Actions[assumed.Value] }
            : new Assumption(unknown.Name, place, assumed.IsWanted == (assumed.Value == 1));
    }

    /// <summary>What makes ways with other outcomes of unknowns other ways: each variable's value, and where it was asked for.</summary>
    public static string KeyOf(Assumed? assumed, UnknownTable unknowns)
    {
        var texts = new List<string>();
        for (; assumed is not null; assumed = assumed.Before)
        {
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{Of(assumed, unknowns)} {assumed.Variable}={assumed.Value}"));
        }
        return string.Join(',', texts.Distinct());
    }

    /// <summary>
    /// Each place once; one that two passages, or two dumps, have decided otherwise is left open, for what is assumed of a
    /// place holds of all its passages.
    /// </summary>
    public static ImmutableArray<Assumption> Agreed(IEnumerable<Assumption> assumptions) =>
        [.. assumptions.GroupBy(one => (one.Name, one.Place, one.Rule)).Where(same => same.Distinct().Count() == 1).Select(same => same.First())];
}
