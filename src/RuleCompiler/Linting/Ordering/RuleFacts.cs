using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>What is proven of a rule, and by what.</summary>
internal sealed record RuleFacts(RuleStanding Standing)
{
    /// <summary>Of most rules: some packets need them, and nothing more is ever asked.</summary>
    public static RuleFacts Needed { get; } = new(RuleStanding.Needed);

    /// <summary>The hook of <see cref="Witness"/>.</summary>
    public Hook Hook { get; init; }

    /// <summary>Packets that show it: of a shadowed rule those that are treated otherwise than it says, else those that it says something of.</summary>
    public Cell? Witness { get; init; }

    /// <summary>Of a shadowed rule: what it would have done to <see cref="Witness"/>.</summary>
    public Cell? Intended { get; init; }

    /// <summary>Of a shadowed rule: whether some packet has the outcome that it would give, or none is meant.</summary>
    public bool IsSomeAlike { get; init; }

    /// <summary>Of a shadowed rule: whether some packet has another outcome.</summary>
    public bool IsSomeDifferent { get; init; }

    /// <summary>Of a shadowed rule: whether no packet that enters its chain satisfies its options.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Of a shadowed rule: whether it asks for later fragments, which conntrack puts together before any rule.</summary>
    public bool IsForFragments { get; init; }

    /// <summary>Of a redundant rule: whether it only writes what earlier rules have written.</summary>
    public bool IsRepetition { get; init; }

    /// <summary>The rules that take its packets, decide in its place, or have written the same; rule 0 is a policy. None is superfluous.</summary>
    public ImmutableArray<RuleKey> Because { get; init; } = [];

    /// <summary>Of a jump: whether the called chain can change nothing.</summary>
    public bool IsIdleJump { get; init; }
}
