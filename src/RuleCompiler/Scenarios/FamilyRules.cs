using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Packets;

namespace RuleCompiler.Scenarios;

/// <summary>The rules that packets of one family meet.</summary>
/// <param name="Ruleset">As they are bound; null where no dump has any.</param>
/// <param name="Tables">As they are evaluated.</param>
/// <param name="Evaluator">Sends packets through them.</param>
/// <param name="Host">The machine.</param>
/// <param name="Naming">Names a sidecar's flows; null where there is no sidecar.</param>
internal sealed record FamilyRules(
    BoundRuleset? Ruleset, CompiledRuleset Tables, Evaluator Evaluator, HostFacts Host, FlowNaming? Naming);
