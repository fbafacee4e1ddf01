namespace RuleCompiler.Cli.Output;

/// <summary>Prints one part of the packets at a time: several threads each have one of their own.</summary>
internal interface IClassifyPart : IDisposable
{
    void Write(in ClassifiedPacket packet);

    /// <summary>Ends a part of the input; called for one part after the other, in their order.</summary>
    void Complete();
}
