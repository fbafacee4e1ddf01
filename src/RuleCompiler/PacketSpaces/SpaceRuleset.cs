using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.PacketSpaces;

/// <summary>A ruleset as lists of boxes over a layout.</summary>
internal sealed class SpaceRuleset
{
    /// <summary>Chains of fewer rows are walked through row by row.</summary>
    private const int MinIndexed = 24;

    private readonly Func<ChainSymbol, int, string> _nameOf;
    private readonly bool[] _isStateful;

    /// <param name="compiled">The rules.</param>
    /// <param name="layout">Dimensions that tell apart what they tell apart.</param>
    /// <param name="unknowns">The variables, which may be shared with other rules.</param>
    /// <param name="nameOf">
    /// What a rule is called in the names of its own unknowns, so that rules of two rulesets can share them; null for its place.
    /// </param>
    public SpaceRuleset(CompiledRuleset compiled, SpaceLayout layout, UnknownTable unknowns, Func<ChainSymbol, int, string>? nameOf = null)
    {
        _nameOf = nameOf ?? ((chain, rule) => string.Create(CultureInfo.InvariantCulture, $"{chain.Table}:{chain.Name}:{rule}"));
        Compiled = compiled;
        Layout = layout;
        UnknownTable = unknowns;
        var builder = new SpaceRowBuilder(compiled, layout, unknowns, _nameOf);
        Chains = [.. compiled.Tables.Select(table => new SpaceChain(table.Chain, builder.Build(table)))];
        Tests = builder.Tests;
        Unknowns = builder.Unknowns;
        _isStateful = [.. unknowns.All().Select(variable => variable.IsStateful)];
        foreach (var chain in Chains.Where(chain => chain.Rows.Length >= MinIndexed))
        {
            chain.IndexBy(() => RowTree.Build(this, chain));
        }
        foreach (var hook in NetfilterNames.Hooks)
        {
            Stages[(int)hook] =
            [
                .. TraversalOrder.At(hook, compiled.Flavour)
                    .Select(table => compiled.FindBaseChain(table, hook))
                    .OfType<DecisionTable>()
                    .Select(table => Chains[table.Chain.Index]),
            ];
        }
    }

    public CompiledRuleset Compiled { get; }

    public SpaceLayout Layout { get; }

    public UnknownTable UnknownTable { get; }

    /// <summary>By <see cref="ChainSymbol.Index"/>.</summary>
    public SpaceChain[] Chains { get; }

    public SpaceTest[] Tests { get; }

    public SpaceUnknown[] Unknowns { get; }

    /// <summary>The base chains of each hook, in the order in which packets meet them.</summary>
    public ImmutableArray<SpaceChain>[] Stages { get; } = new ImmutableArray<SpaceChain>[NetfilterNames.Hooks.Length];

    /// <summary>Index of a table's base chain among a hook's; -1 where it has none.</summary>
    public int StageOf(Hook hook, TableKind table)
    {
        var stages = Stages[(int)hook];
        for (var stage = 0; stage < stages.Length; stage++)
        {
            if (stages[stage].Symbol.Table == table)
            {
                return stage;
            }
        }
        return -1;
    }

    /// <summary>Builds the trees of all long chains now, on all cores.</summary>
    public SpaceRuleset Indexed()
    {
        // The longest first: it takes longest.
        Parallel.ForEach(
            Partitioner.Create([.. Chains.OrderByDescending(chain => chain.Rows.Length)], loadBalance: true), chain => _ = chain.Tree);
        return this;
    }

    /// <summary>The name of a rule's own unknowns.</summary>
    public string NameOf(ChainSymbol chain, int rule) => _nameOf(chain, rule);

    /// <summary>Whether an unknown of the rules' rows is a new choice at each passage.</summary>
    public bool IsStateful(int variable) => _isStateful[variable];

    public ReadOnlySpan<SpaceTest> TestsOf(in SpaceRow row) => Tests.AsSpan(row.FirstTest, row.TestCount);

    public ReadOnlySpan<SpaceUnknown> UnknownsOf(in SpaceRow row) => Unknowns.AsSpan(row.FirstUnknown, row.UnknownCount);
}
