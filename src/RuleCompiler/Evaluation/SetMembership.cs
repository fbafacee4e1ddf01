using System.Collections.Immutable;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The host's IP sets; immutable, safe to share between threads.</summary>
internal sealed class SetMembership(HostFacts facts)
{
    /// <summary>Whether a set holds what a packet shows.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="dimensions">The direction list of the rule.</param>
    /// <param name="key">The packet.</param>
    /// <returns>Null where the host tells no such set, or the packet not enough: unknown.</returns>
    public bool? Contains(string set, ImmutableArray<SetDimension> dimensions, in SetKey key) =>
        throw new NotSupportedException(facts.ToString());
}
