using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;

namespace RuleCompiler.PacketSpaces;

/// <summary>A ruleset as lists of boxes over a layout.</summary>
internal sealed class SpaceRuleset
{
    /// <summary>Chains of fewer rows are walked through row by row.</summary>
    private const int MinIndexed = 24;

    public SpaceRuleset(CompiledRuleset compiled, SpaceLayout layout, UnknownTable unknowns)
    {
        Compiled = compiled;
        Layout = layout;
        UnknownTable = unknowns;
        var builder = new SpaceRowBuilder(compiled, layout, unknowns);
        Chains = [.. compiled.Tables.Select(table => new SpaceChain(table.Chain, builder.Build(table)))];
        Tests = builder.Tests;
        Unknowns = builder.Unknowns;
        Parallel.ForEach(Chains.Where(chain => chain.Rows.Length >= MinIndexed), chain => chain.Tree = RowTree.Build(this, chain));
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

    /// <summary>By <see cref="Symbols.ChainSymbol.Index"/>.</summary>
    public SpaceChain[] Chains { get; }

    public SpaceTest[] Tests { get; }

    public SpaceUnknown[] Unknowns { get; }

    /// <summary>The base chains of each hook, in the order in which packets meet them.</summary>
    public ImmutableArray<SpaceChain>[] Stages { get; } = new ImmutableArray<SpaceChain>[NetfilterNames.Hooks.Length];

    public ReadOnlySpan<SpaceTest> TestsOf(in SpaceRow row) => Tests.AsSpan(row.FirstTest, row.TestCount);

    public ReadOnlySpan<SpaceUnknown> UnknownsOf(in SpaceRow row) => Unknowns.AsSpan(row.FirstUnknown, row.UnknownCount);
}
