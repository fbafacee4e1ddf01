namespace RuleCompiler.Cli.Output;

/// <summary>Prints what becomes of many packets in one of the formats.</summary>
internal interface IClassifyWriter
{
    /// <summary>Writes what stands before the first packet.</summary>
    void Start();

    /// <summary>Makes a writer for parts of the input, to be used by one thread.</summary>
    IClassifyPart CreatePart();

    /// <summary>Writes what stands behind the last packet.</summary>
    void End();
}
