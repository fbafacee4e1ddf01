using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>A small dump and what a careless hand has made of it.</summary>
/// <param name="Old">The dump.</param>
/// <param name="New">With one or two rules gone, moved, or put into another chain's place.</param>
internal sealed record SmallPair(SmallDump Old, SmallDump New)
{
    /// <summary>The pair of a seed; without TPROXY, whose sockets a host has.</summary>
    public static SmallPair Of(int seed) => Of(SmallGenerator.Dump(seed), seed);

    /// <summary>The same of dumps that speak of whole ways through a machine, and whose outcomes hang on nothing unknown.</summary>
    public static SmallPair Journey(int seed) => Of(SmallGenerator.Journey(seed).Without((_, rule) => rule.HasUnknowns), seed);

    private static SmallPair Of(SmallDump dump, int seed)
    {
        var old = dump.Without((_, rule) => rule.Target.Action == SmallAction.Proxy);
        var draw = new Draw(seed);
        var changed = old;
        for (var change = draw.Between(1, 2); change > 0; change--)
        {
            changed = Change(changed, draw);
        }
        return new SmallPair(old, changed);
    }

    /// <summary>What packets must differ in for all that either dump asks and does to be seen.</summary>
    public SmallFields Fields => Old.Fields | New.Fields;

    private static SmallDump Change(SmallDump dump, Draw draw)
    {
        var chain = draw.Pick([.. dump.Chains]);
        if (chain.Rules.IsEmpty)
        {
            return chain.Hook is null ? dump
                : dump with { Chains = [.. dump.Chains.Select(c => c.Place == chain.Place ? c with { PolicyDrops = !c.PolicyDrops } : c)] };
        }
        var place = draw.Between(0, chain.Rules.Length - 1);
        var rule = chain.Rules[place];
        return draw.Between(0, 3) switch
        {
            0 => dump.With(chain, chain.Rules.RemoveAt(place)),
            1 => dump.With(chain, chain.Rules.RemoveAt(place).Insert(draw.Between(0, chain.Rules.Length - 1), rule)),
            2 => dump.With(chain, chain.Rules.Insert(draw.Between(0, chain.Rules.Length), rule)),
            _ => dump.With(chain, chain.Rules.SetItem(place, new SmallRule([.. rule.Tests.SkipLast(1)], rule.Target))),
        };
    }
}
