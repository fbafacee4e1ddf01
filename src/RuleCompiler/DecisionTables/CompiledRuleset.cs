using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.DecisionTables;

/// <summary>All tables of one family, lowered: what every engine works from.</summary>
internal sealed class CompiledRuleset
{
    /// <summary>The family of all its rules.</summary>
    public required Family Family { get; init; }

    /// <summary>The flavour, which decides the order of tables.</summary>
    public required Flavour Flavour { get; init; }

    /// <summary>The tables that the dump declares, in its order.</summary>
    public required ImmutableArray<TableKind> DeclaredTables { get; init; }

    /// <summary>One decision table a chain, indexed by <see cref="Symbols.ChainSymbol.Index"/>.</summary>
    public required DecisionTable[] Tables { get; init; }

    /// <summary>The interned predicates.</summary>
    public required Predicate[] Predicates { get; init; }

    /// <summary>The rows' references: predicate index times two, plus one where the predicate must not hold.</summary>
    public required int[] PredicateReferences { get; init; }

    /// <summary>The distinct actions, jumps and gotos aside.</summary>
    public required RuleAction[] Actions { get; init; }

    /// <summary>What loading its rules switches on.</summary>
    public required KernelServices Services { get; init; }

    /// <summary>By field; null where no set of the field is classified.</summary>
    public required FieldClassifier?[] Classifiers { get; init; }

    /// <summary>The base chain that a table has at a hook; null where the dump has none.</summary>
    public DecisionTable? FindBaseChain(TableKind table, Hook hook) => BaseChains[((int)table * 5) + (int)hook];

    /// <summary>By table and hook.</summary>
    public required DecisionTable?[] BaseChains { get; init; }

    /// <summary>Whether connections are tracked on a machine that loads the rules.</summary>
    public bool TracksConnectionsOn(HostFacts host) => host.Conntrack || Services.HasFlag(KernelServices.Conntrack);

    /// <summary>Whether fragments are put together there before rules see them.</summary>
    public bool GathersFragmentsOn(HostFacts host) => host.Conntrack || Services != KernelServices.None;

    /// <summary>A ruleset without a table: what a host has of a family that its dump does not name.</summary>
    public static CompiledRuleset CreateEmpty(Family family) => new()
    {
        Family = family,
        Flavour = Flavour.Nft,
        DeclaredTables = [],
        Tables = [],
        Predicates = [],
        PredicateReferences = [],
        Actions = [],
        Services = KernelServices.None,
        Classifiers = new FieldClassifier?[PacketFieldInfo.Count],
        BaseChains = new DecisionTable?[NetfilterNames.Tables.Length * NetfilterNames.Hooks.Length],
    };
}
