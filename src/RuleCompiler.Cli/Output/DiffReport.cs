using RuleCompiler.Diffing;

namespace RuleCompiler.Cli.Output;

/// <summary>A comparison as it is told.</summary>
/// <param name="Before">The old dump.</param>
/// <param name="After">The new dump.</param>
/// <param name="Result">What it came to.</param>
internal sealed record DiffReport(Compilation Before, Compilation After, DiffResult Result)
{
    /// <summary>Whether regions must say their family.</summary>
    public bool HasFamilies => Before.Families.Union(After.Families).Count() > 1;

    /// <summary>The result in a line.</summary>
    public string Summary => Result.Equivalence switch
    {
        Equivalence.Equivalent => "equivalent: no packet is treated otherwise",
        Equivalence.Different => $"{Regions(Result.Regions.Length)} differ{(Result.Regions.Length == 1 ? "s" : "")}",
        _ => $"undecided: {Result.Reason}; {(Result.Regions.IsEmpty ? "no difference was found until then" : $"found until then: {Regions(Result.Regions.Length)}")}",
    };

    private static string Regions(int count) => count == 1 ? "1 region" : $"{count} regions";
}
