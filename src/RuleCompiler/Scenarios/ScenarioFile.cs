using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>A scenario file as it is meant; the files that it names are not read yet.</summary>
/// <param name="Text">The file.</param>
internal sealed record ScenarioFile(SourceText Text)
{
    /// <summary>The dumps by path, with the family that the file gives one; of a file without errors at least one.</summary>
    public required ImmutableArray<(Word Path, Family? Family)> Dumps { get; init; }

    /// <summary>The host facts' path; null where the host is inferred.</summary>
    public required Word? Host { get; init; }

    /// <summary>The profile's name or path; null where the mesh is inferred.</summary>
    public required Word? Profile { get; init; }

    /// <summary>Scenarios and claims, in order.</summary>
    public required ImmutableArray<ScenarioItem> Items { get; init; }

    /// <summary>The expectations and conditions of all of them.</summary>
    public IEnumerable<Expectation> Conditions => Items.SelectMany(item => item switch
    {
        Scenario scenario => scenario.Expectations,
        Claim claim => claim.Conditions,
        _ => [],
    });
}
