using RuleCompiler.Cli.Input;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints one part of the packets at a time: several threads each have one of their own.</summary>
internal interface IClassifyPart : IDisposable
{
    /// <summary>Prints a packet once more that was printed before.</summary>
    /// <returns>False where it is not known: it is to be classified.</returns>
    bool TryRepeat(in PacketRecord record);

    void Write(in ClassifiedPacket packet);

    /// <summary>Ends a part of the input; called for one part after the other, in their order.</summary>
    void Complete();
}
