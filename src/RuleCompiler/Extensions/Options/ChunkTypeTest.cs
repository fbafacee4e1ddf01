using System.Collections.Immutable;

namespace RuleCompiler.Extensions.Options;

/// <summary>Which chunk types an SCTP packet must hold.</summary>
/// <param name="Kind">Whether any, all, or only those.</param>
/// <param name="LowTypes">One bit for each of the types 0 to 127.</param>
/// <param name="HighTypes">Types 128 to 255.</param>
/// <param name="Words">The list as it prints.</param>
/// <param name="HasFlags">Whether flags of a chunk count too.</param>
internal sealed record ChunkTypeTest(
    ChunkTypeTest.Quantifier Kind, UInt128 LowTypes, UInt128 HighTypes, ImmutableArray<string> Words, bool HasFlags)
{
    /// <summary>How many of the types are asked for.</summary>
    internal enum Quantifier
    {
        /// <summary>At least one of them is there.</summary>
        Any,

        /// <summary>Each of them is there.</summary>
        All,

        /// <summary>No other is there.</summary>
        Only,
    }

    public override string ToString()
    {
        var kind = Kind switch
        {
            Quantifier.Any => "any",
            Quantifier.All => "all",
            _ => "only",
        };
        return $"{kind} {string.Join(',', Words)}";
    }
}
