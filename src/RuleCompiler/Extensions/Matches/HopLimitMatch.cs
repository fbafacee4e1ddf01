using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary>What <c>-m ttl</c> and <c>-m hl</c> have in common: they differ in family and spelling only.</summary>
/// <remarks>Source: net/netfilter/xt_hl.c; iptables-extensions(8), ttl, hl.</remarks>
/// <param name="name"><c>ttl</c> or <c>hl</c>, which begins the options too.</param>
/// <param name="family">The family it exists for.</param>
internal abstract class HopLimitMatch(string name, Family family) : MatchExtension
{
    private readonly NumberOption _equal = new($"--{name}-eq", 0, byte.MaxValue) { Aliases = [$"--{name}"], IsNegatable = true };

    private readonly NumberOption _less = new($"--{name}-lt", 0, byte.MaxValue);

    private readonly NumberOption _greater = new($"--{name}-gt", 0, byte.MaxValue);

    // Made at first use, perhaps by several threads: one reference, so that none sees it half written.
    private ImmutableArray<OptionSpec> _options;

    private ImmutableArray<ImmutableArray<OptionSpec>> _exclusive;

    public sealed override string Name => name;

    public sealed override Family? OnlyFamily => family;

    public sealed override bool NeedsAnOption => true;

    public sealed override ImmutableArray<OptionSpec> Options => _options.IsDefault ? _options = [_equal, _less, _greater] : _options;

    public sealed override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions => _exclusive.IsDefault ? _exclusive = [Options] : _exclusive;

    public sealed override Condition Lower(BoundMatch match)
    {
        if (match.TryGet(_less, out var above))
        {
            return above == 0 ? Condition.Never : Condition.Field(PacketField.Ttl, FieldSet.Range(0, above - 1));
        }
        return match.TryGet(_greater, out var below)
            ? Condition.Field(PacketField.Ttl, FieldSet.Range(below + 1, byte.MaxValue))
            : BoundMatch.Test(FieldSet.Of(match.GetOr(_equal, 0ul)), match.IsNegated(_equal), PacketField.Ttl);
    }
}
