using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Packets;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Packets, or the mesh's flows, with what is expected of them.</summary>
internal sealed record Scenario(Word Name) : ScenarioItem(Name)
{
    /// <summary>The packets, in order.</summary>
    public required ImmutableArray<Packet> Packets { get; init; }

    /// <summary>Whether the mesh's flows are played in place of packets.</summary>
    public required bool PlaysFlows { get; init; }

    /// <summary>Each holds for every packet and outcome, unless it is a maybe.</summary>
    public required ImmutableArray<Expectation> Expectations { get; init; }

    /// <summary>Where the file asks for a snapshot; null where it does not.</summary>
    public required TextSpan? Snapshot { get; init; }

    public override string Kind => "scenario";

    /// <summary>The scenario's part of its snapshot's file name.</summary>
    public string KebabName => ToKebabCase(Name.Text);

    /// <summary>Letters and digits in lower case, a dash for all that stands between them; empty where there are none.</summary>
    public static string ToKebabCase(string name)
    {
        var kebab = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                kebab.Append(Rune.ToLowerInvariant(rune));
            }
            else if (kebab.Length > 0 && kebab[^1] != '-')
            {
                kebab.Append('-');
            }
        }
        return kebab.ToString().TrimEnd('-');
    }
}
