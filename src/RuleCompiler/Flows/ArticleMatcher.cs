using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Tells which of the article's rules decided a connection, whatever its number and chain are in the dump.</summary>
internal sealed class ArticleMatcher(BoundRuleset ruleset, CaptureMap captures, MeshProfile profile)
{
    /// <summary>The article's rule that decided in OUTPUT; null where none of them did.</summary>
    public (int Number, TraceStep Step)? DecidedBy(Trace trace)
    {
        (int Number, TraceStep Step)? last = null;
        foreach (var step in trace.Steps.Where(s => s is { Hook: Hook.Output, Rule: not null, Pass: 1 }))
        {
            if (FindRule(step) is { } rule && Match(rule) is { } number)
            {
                last = (number, step);
            }
        }
        return last;
    }

    /// <summary>The rule of a step.</summary>
    public BoundRule? FindRule(TraceStep step)
    {
        foreach (var chain in ruleset.Chains)
        {
            if (chain.Symbol.Table == step.Table && chain.Symbol.Name == step.Chain && step.Rule is { } number)
            {
                return chain.Rules[number - 1];
            }
        }
        return null;
    }

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
            var destination = known.Destination is null ? !asksForDestination || action == "outbound" : asksForLoopback;
            if (known.Action == action && known.Owner == owner && (known.Source is not null) == asksForSource && destination)
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

    private static string? OwnerOf((PacketField Field, UInt128 Value, bool IsNegated)[] tests)
    {
        foreach (var (field, _, isNegated) in tests)
        {
            switch (field)
            {
                case PacketField.Uid:
                    return isNegated ? "notUid" : "uid";
                case PacketField.Gid or PacketField.Groups:
                    return isNegated ? "notGid" : "gid";
                default:
                    break;
            }
        }
        return null;
    }

    private bool IsLoopback(UInt128 address) =>
        ruleset.Family == Family.IPv4 ? address >> 24 == 127 : address == 1;
}
