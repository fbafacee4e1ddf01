using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>Reads host facts from JSON.</summary>
public static class HostFactsJson
{
    /// <returns>The facts, null where there is an error; and every problem found.</returns>
    public static (HostFacts? Facts, ImmutableArray<Diagnostic> Diagnostics) Read(SourceText text) => throw new NotSupportedException();
}
