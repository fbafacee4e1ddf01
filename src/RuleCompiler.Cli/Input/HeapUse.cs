namespace RuleCompiler.Cli.Input;

/// <summary>What a command makes of a dump.</summary>
internal enum HeapUse
{
    /// <summary>Its decision tables.</summary>
    Tables,

    /// <summary>Boxes of all rules and then little else: they live as long and take nearly as much again.</summary>
    Boxes,

    /// <summary>Boxes, and proofs about every rule, most of which are soon garbage.</summary>
    Proofs,
}
