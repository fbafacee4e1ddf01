using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Lowering;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Binding;

namespace RuleCompiler.Tests.Lowering;

/// <summary>A dump after some of the passes, for their tests.</summary>
internal static class LoweredDump
{
    /// <summary>What the passes up to <paramref name="last"/> leave of a filter table with these lines.</summary>
    public static LoweringState After(Action<LoweringState, CancellationToken> last, string lines)
    {
        var state = new LoweringState(Bind(lines));
        foreach (var pass in Lowerer.Passes)
        {
            pass(state, CancellationToken.None);
            if (pass == last)
            {
                return state;
            }
        }
        throw new AssertionException("no such pass");
    }

    /// <summary>The decision tables of a filter table with these lines.</summary>
    public static CompiledRuleset Of(string lines) => Lowerer.Lower(Bind(lines), CancellationToken.None);

    private static BoundRuleset Bind(string lines) => BoundDump.Bind($"*filter\n{lines}\nCOMMIT\n", Family.IPv4);
}
