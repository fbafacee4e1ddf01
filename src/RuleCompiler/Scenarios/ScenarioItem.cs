using RuleCompiler.Packets.Parsing;

namespace RuleCompiler.Scenarios;

/// <summary>A scenario or a claim of a file.</summary>
/// <param name="Name">Its name, in the quotes' place.</param>
internal abstract record ScenarioItem(Word Name)
{
    /// <summary><c>scenario</c>, <c>never</c> or <c>always</c>.</summary>
    public abstract string Kind { get; }
}
