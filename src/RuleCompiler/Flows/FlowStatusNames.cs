using System.Diagnostics;

namespace RuleCompiler.Flows;

/// <summary>The words for statuses in texts and JSON.</summary>
internal static class FlowStatusNames
{
    public static string Name(this FlowStatus status) => status switch
    {
        FlowStatus.Ok => "ok",
        FlowStatus.Differs => "differs",
        FlowStatus.Broken => "broken",
        FlowStatus.Absent => "absent",
        _ => throw new UnreachableException(),
    };
}
