using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Tells which of the article's rules decided a connection, whatever its number and chain are in the dump.</summary>
internal sealed class ArticleMatcher(
    Family family, DecidingRule deciding, CaptureMap captures, MeshProfile profile)
{
    /// <summary>Number of the article's rule that decided in OUTPUT; null where none of them did.</summary>
    public int? DecidedBy(Trace trace) =>
        deciding.Of(trace) is { Hook: Hook.Output, Table: TableKind.Nat } step && deciding.Find(step) is { } rule
            ? Match(rule)
            : null;

    /// <summary>Number of the first rule of a chain that is the article's rule; null where it has none.</summary>
    public int? Find(TableKind table, string chain, int articleNumber) =>
        deciding.FindChain(table, chain)?.Rules.FirstOrDefault(r => Match(r) == articleNumber)?.Number;

    private int? Match(BoundRule rule)
    {
        if (ActionOf(rule) is not { } action)
        {
            return null;
        }
        var tests = CaptureMap.TestsOf(rule).ToArray();
        var owner = OwnerOf(tests);
        var asksForSource = tests.Any(t => t.Field == PacketField.Source && !t.IsNegated);
        var asksForLoopback = tests.Any(t => t.Field == PacketField.Destination && !t.IsNegated && IsLoopback(t.Value));
        var asksForDestination = tests.Any(t => t.Field == PacketField.Destination && !t.IsNegated);
        foreach (var known in profile.ArticleRules)
        {
            var isDestination = known.Destination is null ? !asksForDestination || action == "outbound" : asksForLoopback;
            if (known.Action == action && known.Owner == owner && (known.Source is not null) == asksForSource && isDestination)
            {
                return known.Number;
            }
        }
        return null;
    }

    private string? ActionOf(BoundRule rule)
    {
        if (rule.Target is { } target && target.Extension.Lower(target).Kind is ActionKind.Return or ActionKind.Accept)
        {
            return "return";
        }
        var ports = captures.PortsOf(rule);
        return ports.Count != 1 ? null
            : ports.Contains(profile.OutboundPort) ? "outbound"
            : ports.Contains(profile.InboundPort) ? "inbound"
            : null;
    }

    private string? OwnerOf((PacketField Field, UInt128 Value, bool IsNegated)[] tests)
    {
        foreach (var (field, value, isNegated) in tests)
        {
            switch (field)
            {
                case PacketField.Uid:
                    return !profile.ProxyUids.Contains((uint)value) ? "other" : isNegated ? "notUid" : "uid";
                case PacketField.Gid or PacketField.Groups:
                    return !profile.ProxyGids.Contains((uint)value) ? "other" : isNegated ? "notGid" : "gid";
                default:
                    break;
            }
        }
        return null;
    }

    private bool IsLoopback(UInt128 address) => CaptureMap.IsLoopback(new IpAddress(family, address));
}
