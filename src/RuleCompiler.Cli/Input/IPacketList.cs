namespace RuleCompiler.Cli.Input;

/// <summary>Packets of an input, one after the other.</summary>
internal interface IPacketList
{
    /// <summary>Reads the next one, good or bad; false behind the last.</summary>
    bool Read(out PacketRecord record);
}
