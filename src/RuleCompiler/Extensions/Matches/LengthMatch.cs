using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m length</c>: length of the packet in bytes, network header included.</summary>
/// <remarks>Source: net/netfilter/xt_length.c. A backward range loads, and matches nothing.</remarks>
internal sealed class LengthMatch : MatchExtension
{
    private static readonly NumberRangeOption Length = new("--length", 0, ushort.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        IsNegatable = true,
    };

    public override string Name => "length";

    public override ImmutableArray<OptionSpec> Options { get; } = [Length];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Test(Length, PacketField.Length);
}
