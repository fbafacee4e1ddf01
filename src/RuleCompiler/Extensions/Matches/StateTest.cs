using System.Collections.Immutable;
using System.Numerics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary>A list of conntrack states, as <c>--state</c> and <c>--ctstate</c> take it, and what it means.</summary>
/// <remarks>
/// Source: net/netfilter/xt_conntrack.c, <c>conntrack_mt</c>. <c>SNAT</c> and <c>DNAT</c> are no states but bits of the
/// connection, which count beside its state.
/// </remarks>
internal static class StateTest
{
    private const uint AllStates = 31;

    private const uint SourceNatBit = 1 << 5;

    private const uint DestinationNatBit = 1 << 6;

    private const uint WithoutEntry = (uint)(ConntrackState.Invalid | ConntrackState.Untracked);

    /// <summary>The states, in the order in which they print; their bits are those of <see cref="ConntrackState"/>.</summary>
    public static ImmutableArray<(string Word, uint Bits)> States { get; } =
    [
        ("INVALID", (uint)ConntrackState.Invalid),
        ("NEW", (uint)ConntrackState.New),
        ("RELATED", (uint)ConntrackState.Related),
        ("ESTABLISHED", (uint)ConntrackState.Established),
        ("UNTRACKED", (uint)ConntrackState.Untracked),
    ];

    /// <summary>The states and the two bits.</summary>
    public static ImmutableArray<(string Word, uint Bits)> StatesAndNat { get; } =
        [.. States, ("SNAT", SourceNatBit), ("DNAT", DestinationNatBit)];

    /// <summary>One condition for each set of states; rules share them.</summary>
    private static readonly ImmutableArray<Condition> ByStates = [.. Enumerable.Range(0, (int)AllStates + 1).Select(s => OfStates((uint)s))];

    /// <summary>The list as a condition.</summary>
    public static Condition Lower(uint bits, bool isNegated)
    {
        var states = ByStates[(int)((isNegated ? ~bits : bits) & AllStates)];
        var nat = ((bits & SourceNatBit) != 0 ? (uint)ConntrackStatus.SourceNat : 0)
            | ((bits & DestinationNatBit) != 0 ? (uint)ConntrackStatus.DestinationNat : 0);
        if (nat == 0)
        {
            return states;
        }
        var test = BoundMatch.Test(FieldSet.AnyBit(nat), isNegated, PacketField.ConntrackStatus, AbsentField.HoldsIfNegated);
        return isNegated ? Condition.AllOf(states, test) : Condition.AnyOf(states, test);
    }

    /// <summary>Whether a packet without a connection can be in the list.</summary>
    public static bool AdmitsPacketWithoutEntry(uint bits, bool isNegated) => ((isNegated ? ~bits : bits) & WithoutEntry) != 0;

    /// <summary>A packet that has no connection.</summary>
    public static Condition HasNoEntry => ByStates[(int)WithoutEntry];

    /// <summary>A packet has exactly one state, so neighbouring ones make one interval.</summary>
    private static Condition OfStates(uint states)
    {
        var runs = new List<Interval>();
        while (states != 0)
        {
            var first = BitOperations.TrailingZeroCount(states);
            var length = BitOperations.TrailingZeroCount(~(states >> first));
            runs.Add(new Interval(UInt128.One << first, UInt128.One << (first + length - 1)));
            states &= ~(((1u << length) - 1) << first);
        }
        return Condition.Field(PacketField.ConntrackState, FieldSet.Union(runs));
    }
}
