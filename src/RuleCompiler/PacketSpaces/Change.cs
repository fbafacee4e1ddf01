using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>What a dimension has become on the way, as a function of the packet as it entered.</summary>
internal abstract record Change
{
    private Change()
    {
    }

    /// <summary>One class for all packets.</summary>
    /// <param name="Class">The class; a written value always has one for itself.</param>
    public sealed record Constant(int Class) : Change;

    /// <summary>A dimension's class as it entered, mapped by operations: a mark copied, a bit turned, hops subtracted.</summary>
    /// <param name="Source">The dimension.</param>
    /// <param name="Operations">The operations in order, as texts: equal texts, equal functions.</param>
    /// <param name="Map">What each class becomes; null for itself. Not compared: the operations say it.</param>
    public sealed record Mapped(int Source, string Operations, int[]? Map) : Change
    {
        public bool Equals(Mapped? other) => other is not null && Source == other.Source && Operations == other.Operations;

        public override int GetHashCode() => HashCode.Combine(Source, Operations);
    }

    /// <summary>One hop less than it was, since the host passes the packet on: no rule has done that.</summary>
    /// <param name="Before">What it had become before; null for what it came with.</param>
    public sealed record OneHopLess(Change? Before) : Change
    {
        /// <summary>The hops left; at least one is, since a packet that has none is not passed on.</summary>
        public static uint Apply(uint hops) => hops == 0 ? 0 : hops - 1;
    }

    /// <summary>A change without the hop that passing on took: what rules have made of it.</summary>
    public static Change? ByRules(Change? change) => change is OneHopLess passed ? passed.Before : change;

    /// <summary>What an address or port is picked from by those that the packet has; null where it is not.</summary>
    public static Interval? PickOf(Change? change) =>
        change is Unknown { Choice: { Kind: ChoiceKind.Packet or ChoiceKind.HostBits, Values: var values } } ? values : null;

    /// <summary>A value that rules do not tell: an interface's address, one of a range. Equal descriptions, equal values.</summary>
    /// <param name="Description">What was done, and to what.</param>
    public sealed record Unknown(string Description) : Change
    {
        /// <summary>What it is one of; null where nothing is known of it.</summary>
        public Choice? Choice { get; init; }
    }

    /// <summary>What a translation changes beside the addresses, which rules do not tell: equal translations, equal values.</summary>
    /// <param name="Effect">The translation.</param>
    /// <param name="SourceBefore">What the source had become before it.</param>
    /// <param name="DestinationBefore">The same of the destination.</param>
    /// <param name="Field">What is changed.</param>
    public sealed record Consequence(Effect? Effect, Change? SourceBefore, Change? DestinationBefore, PacketField Field) : Change
    {
        private string? _text;

        /// <summary>Equal for equal values, and only for these.</summary>
        public override string ToString() => _text ??= $"{TextOf(Effect)} {SourceBefore} {DestinationBefore} {Field}";

        public bool Equals(Consequence? other) => other is not null && Field == other.Field && Equals(Effect, other.Effect)
            && Equals(SourceBefore, other.SourceBefore) && Equals(DestinationBefore, other.DestinationBefore);

        public override int GetHashCode() => HashCode.Combine(Effect, SourceBefore, DestinationBefore, Field);

        /// <summary>What records print of themselves takes long.</summary>
        private static string? TextOf(Effect? effect) => effect is Effect.Translate translate
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{translate.Low?.Value:x}-{translate.High?.Value:x}:{translate.Ports?.Low}-{translate.Ports?.High}/{translate.BasePort} {(int)translate.Flags}")
            : effect?.ToString();
    }
}
