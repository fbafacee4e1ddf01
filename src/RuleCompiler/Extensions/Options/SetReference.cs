using System.Collections.Immutable;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A set by name, and from which end of the packet each of its dimensions comes.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Dimensions">One for each dimension, in order; 1 to 6.</param>
internal sealed record SetReference(string Name, ImmutableArray<SetDimension> Dimensions)
{
    /// <summary>The directions, with commas between.</summary>
    public string Directions => string.Join(',', Dimensions.Select(d => d == SetDimension.Source ? "src" : "dst"));

    /// <summary>The name and the directions.</summary>
    public override string ToString() => $"{Name} {Directions}";
}
