using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Scenarios;

/// <summary>A first guess at the packets that meet a rule: what it and the rules that lead to its chain ask of a packet's header.</summary>
/// <remarks>Of a chain with several callers the first counts. A rewrite on the way can prove the guess wrong, so that all packets must be searched.</remarks>
internal sealed class RuleSpaces
{
    private static readonly ImmutableArray<PacketField> Asked =
    [
        PacketField.Protocol, PacketField.Source, PacketField.Destination, PacketField.SourcePort, PacketField.DestinationPort,
        PacketField.InInterface, PacketField.Uid, PacketField.Gid, PacketField.IcmpTypeCode,
    ];

    private readonly Dictionary<ChainSymbol, (BoundChain Chain, BoundRule Rule)> _callers = [];

    public RuleSpaces(BoundRuleset ruleset)
    {
        foreach (var chain in ruleset.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                if (rule.Callee is { } callee)
                {
                    _callers.TryAdd(callee, (chain, rule));
                }
            }
        }
    }

    /// <summary>The packets of a space that the rule seems to be about.</summary>
    public SpaceExpression Narrow(SpaceExpression space, BoundChain chain, BoundRule rule)
    {
        var parts = new List<Condition> { space.Condition };
        var seen = new HashSet<ChainSymbol>();
        while (true)
        {
            foreach (var match in rule.Matches)
            {
                AddFields(match.Extension.Lower(match), parts);
            }
            if (!seen.Add(chain.Symbol) || !_callers.TryGetValue(chain.Symbol, out var caller))
            {
                return new SpaceExpression(space.Text, space.Family, Condition.AllOf([.. parts]));
            }
            (chain, rule) = caller;
        }
    }

    private static void AddFields(Condition condition, List<Condition> parts)
    {
        switch (condition)
        {
            case Condition.AllOfCondition all:
                foreach (var part in all.Parts)
                {
                    AddFields(part, parts);
                }
                break;
            case Condition.FieldCondition field when Asked.Contains(field.TestedField):
                parts.Add(field);
                break;
        }
    }
}
