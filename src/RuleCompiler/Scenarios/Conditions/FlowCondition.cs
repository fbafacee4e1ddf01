using System.Globalization;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>flow 2</c>, <c>flow none</c>: which of the sidecar's flows the packet is a leg of.</summary>
/// <param name="Number">Null for none.</param>
internal sealed record FlowCondition(int? Number) : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) => outcome.Flow == Number;

    public override string Actual(TracedOutcome outcome) => Text(outcome.Flow);

    public override string ToString() => Text(Number);

    private static string Text(int? number) => $"flow {number?.ToString(CultureInfo.InvariantCulture) ?? "none"}";
}
