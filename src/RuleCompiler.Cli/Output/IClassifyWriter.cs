namespace RuleCompiler.Cli.Output;

/// <summary>Prints what becomes of many packets in one of the formats.</summary>
internal interface IClassifyWriter : IDisposable
{
    void Start();

    void Write(ClassifiedPacket packet);

    void End();
}
