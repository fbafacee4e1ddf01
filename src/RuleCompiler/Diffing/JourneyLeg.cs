namespace RuleCompiler.Diffing;

/// <summary>A hook on a packet's way through the host.</summary>
internal enum JourneyLeg : byte
{
    Prerouting,
    Input,
    Forward,
    Output,
    Postrouting,

    /// <summary>PREROUTING of a packet that went out by <c>lo</c>; nat is not asked again.</summary>
    LoopPrerouting,

    /// <summary>INPUT of the same.</summary>
    LoopInput,
}
