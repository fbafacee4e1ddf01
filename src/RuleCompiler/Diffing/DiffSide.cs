using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Diffing;

/// <summary>One of the two dumps, in one family.</summary>
internal sealed class DiffSide(Compilation compilation, Family family, HostFacts host)
{
    /// <summary>The bound rules; null where the dump has none of the family.</summary>
    public BoundRuleset? Bound { get; } = compilation.GetRuleset(family);

    /// <summary>The rules, with the host's sets in them.</summary>
    public CompiledRuleset Rules { get; } = KnownFacts.Decide(compilation.GetTables(family) ?? CompiledRuleset.CreateEmpty(family), host);

    public HostFacts Host { get; } = host;

    /// <summary>Whether fragments are put together before rules see them.</summary>
    public bool GathersFragments => Rules.GathersFragmentsOn(Host);

    /// <summary>The rule as the dump has it, without chain and counters.</summary>
    public string? TextOf(ChainSymbol chain, int rule) =>
        Bound is null || rule == 0 ? null : RuleText.Of(Bound.Chains[chain.Index].Rules[rule - 1]);

    /// <summary>The same, where a called chain's name does not count.</summary>
    public string TextWithoutCallee(ChainSymbol chain, int rule)
    {
        var bound = Bound?.Chains[chain.Index].Rules[rule - 1] ?? throw new InvalidOperationException("the dump has no such rule");
        var text = RuleText.Of(bound);
        return bound.Callee is { } callee ? text[..^RuleText.Argument(callee.Name).Length] : text;
    }

    /// <summary>1-based line of a rule, or of a chain's declaration.</summary>
    public int? LineOf(ChainSymbol chain, int rule) => Bound is null || rule == 0 ? chain.DeclarationLine
        : Bound.Chains[chain.Index].Rules[rule - 1].Line;
}
