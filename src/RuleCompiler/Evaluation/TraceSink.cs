using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>Collects the steps of a trace.</summary>
/// <param name="wantsPassedRows">Whether rules passed by are steps too.</param>
/// <param name="failures">Says which of their options failed; null where only decision tables are at hand.</param>
internal sealed class TraceSink(bool wantsPassedRows, FailedTestFinder? failures) : ITraceSink
{
    private readonly List<TraceStep> _steps = [];
    private readonly List<Rewrite> _rewrites = [];
    private Hook _hook;
    private int _pass;

    public bool WantsPassedRows => wantsPassedRows;

    public bool WantsCalls => true;

    public bool WantsChanges => true;

    public ImmutableArray<TraceStep> Steps => [.. _steps];

    public ImmutableArray<Rewrite> Rewrites => [.. _rewrites];

    public void Start()
    {
        _steps.Clear();
        _rewrites.Clear();
    }

    public void Enter(Hook hook, int pass) => (_hook, _pass) = (hook, pass);

    public void Match(ChainSymbol chain, in Row row, ActionKind kind, string? target) =>
        _steps.Add(Step(chain, row, Name(kind), target));

    public void PassBy(ChainSymbol chain, in Row row, string? target, int failedReference) =>
        _steps.Add(Step(chain, row, Name(row.Kind), target) with
        {
            IsMatch = false,
            Failed = failures?.Find(chain, row, failedReference),
        });

    public void EndInPolicy(ChainSymbol baseChain) => _steps.Add(new TraceStep
    {
        Hook = _hook,
        Table = baseChain.Table,
        Chain = baseChain.Name,
        Line = baseChain.DeclarationLine,
        Action = "policy",
        Target = baseChain.PolicyDrops ? "DROP" : "ACCEPT",
        Pass = _pass,
    });

    public void Change(string kind, string value) =>
        _steps[^1] = _steps[^1] with { Effects = _steps[^1].Effects.Add(new StepEffect(kind, value)) };

    public void Rewrite(Rewrite rewrite) => _rewrites.Add(rewrite);

    private TraceStep Step(ChainSymbol chain, in Row row, string action, string? target) => new()
    {
        Hook = _hook,
        Table = chain.Table,
        Chain = chain.Name,
        Rule = row.RuleNumber,
        Line = row.Line,
        Action = action,
        Target = target,
        Pass = _pass,
    };

    private static string Name(ActionKind kind) => kind switch
    {
        ActionKind.Continue or ActionKind.Unknown => "continue",
        ActionKind.Accept => "accept",
        ActionKind.Drop => "drop",
        ActionKind.Reject => "reject",
        ActionKind.Return => "return",
        ActionKind.Queue => "queue",
        ActionKind.Jump => "jump",
        ActionKind.Goto => "goto",
        ActionKind.Redirect => "redirect",
        ActionKind.Dnat => "dnat",
        ActionKind.Snat => "snat",
        ActionKind.Masquerade => "masquerade",
        ActionKind.Netmap => "netmap",
        ActionKind.Tproxy => "tproxy",
        ActionKind.Synproxy => "synproxy",
        ActionKind.Notrack => "notrack",
        _ => throw new UnreachableException(),
    };
}
