using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Commands;

/// <summary>A rule as the command line names it: <c>TABLE:CHAIN:RULE</c>.</summary>
internal readonly record struct RuleReference(TableKind Table, string Chain, int Rule)
{
    public bool IsAt(TraceStep step) => step.Table == Table && step.Chain == Chain && step.Rule == Rule;

    public override string ToString() => string.Create(null, $"{Table.Name()}:{Chain}:{Rule}");
}
