namespace RuleCompiler.Cli.Input;

/// <summary>Packets of an input, one after the other.</summary>
internal interface IPacketList : IDisposable
{
    /// <summary>Reads the next one, good or bad; false behind the last.</summary>
    bool Read(out PacketRecord record);

    /// <summary>Tells the user what was noticed besides, once all are read; parts of one input do it in their order.</summary>
    void Report();
}
