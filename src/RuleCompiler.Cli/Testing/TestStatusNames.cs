using System.Diagnostics;

namespace RuleCompiler.Cli.Testing;

/// <summary>The words for statuses in texts and JSON.</summary>
internal static class TestStatusNames
{
    public static string Name(this TestStatus status) => status switch
    {
        TestStatus.Passed => "passed",
        TestStatus.Failed => "failed",
        TestStatus.Accepted => "accepted",
        TestStatus.Undecided => "undecided",
        _ => throw new UnreachableException(),
    };
}
