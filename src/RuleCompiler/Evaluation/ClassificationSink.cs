using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>Keeps only the deciding rule and the rewrites.</summary>
internal sealed class ClassificationSink : ITraceSink
{
    private readonly List<Rewrite> _rewrites = [];

    public bool WantsPassedRows => false;

    public bool WantsCalls => false;

    public bool WantsChanges => false;

    /// <summary>The chain of the deciding rule, or the one whose policy decided.</summary>
    public ChainSymbol? Chain { get; private set; }

    public int? RuleNumber { get; private set; }

    public int? Line { get; private set; }

    public ImmutableArray<Rewrite> Rewrites => _rewrites.Count == 0 ? [] : [.. _rewrites];

    public void Start()
    {
        _rewrites.Clear();
        (Chain, RuleNumber, Line) = (null, null, null);
    }

    public void Enter(Hook hook, int pass)
    {
    }

    public void Match(ChainSymbol chain, in Row row, ActionKind kind, string? target)
    {
        if (kind is not (ActionKind.Continue or ActionKind.Notrack or ActionKind.Jump or ActionKind.Goto or ActionKind.Return))
        {
            (Chain, RuleNumber, Line) = (chain, row.RuleNumber, row.Line);
        }
    }

    public void PassBy(ChainSymbol chain, in Row row, string? target, int failedReference)
    {
    }

    public void EndInPolicy(ChainSymbol baseChain)
    {
        if (RuleNumber is null || baseChain.PolicyDrops)
        {
            (Chain, RuleNumber, Line) = (baseChain, null, baseChain.DeclarationLine);
        }
    }

    public void Change(string kind, string value)
    {
    }

    public void Rewrite(Rewrite rewrite) => _rewrites.Add(rewrite);
}
