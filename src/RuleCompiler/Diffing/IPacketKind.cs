using System.Collections.Immutable;
using RuleCompiler.Packets;

namespace RuleCompiler.Diffing;

/// <summary>A kind of packets, told by what they are as they enter and by the port that captures them.</summary>
internal interface IPacketKind
{
    /// <summary>Ports that captures are told apart by; all others are alike.</summary>
    ImmutableArray<ushort> Ports { get; }

    /// <summary>What packets of the kind satisfy.</summary>
    /// <param name="isSent">Whether this host sends them.</param>
    /// <param name="capture">
    /// The port that their destination was changed to, or that TPROXY found a socket at; 0 for any that is not among
    /// <see cref="Ports"/>; null where nothing captures them.
    /// </param>
    Condition ConditionOf(bool isSent, ushort? capture);
}
