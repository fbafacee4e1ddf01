using RuleCompiler.Symbols;

namespace RuleCompiler.Binding;

/// <summary>A chain while its section is read.</summary>
internal sealed class ChainBuilder(ChainSymbol symbol)
{
    public ChainSymbol Symbol { get; } = symbol;

    public List<BoundRule> Rules { get; } = [];
}
