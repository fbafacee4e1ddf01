using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles;

/// <summary>What the library says of a drawn case, in the form to compare.</summary>
internal static class LibraryTrace
{
    /// <param name="drawn">A case that the kernel takes.</param>
    /// <param name="problems">Errors that the library finds nevertheless; empty where there are none.</param>
    /// <returns>For each packet, one trace for each outcome; empty where there are problems.</returns>
    public static IReadOnlyList<IReadOnlyList<ObservedTrace>> Run(RandomCase drawn, out string problems)
    {
        var family = drawn.IsV6 ? Family.IPv6 : Family.IPv4;
        var tree = SyntaxTree.Parse(SourceText.From(drawn.Dump, "dump"));
        var compilation = Compilation.Create(tree, new CompilationOptions { Family = family, Flavour = drawn.Flavour });
        var (host, hostProblems) = HostFactsJson.Read(SourceText.From(drawn.Host, "host"));
        var packets = drawn.Packets.Select(text => PacketExpression.Parse(SourceText.From(text, text))).ToList();
        problems = string.Join('\n', [
            .. compilation.HasErrors ? compilation.Diagnostics : [],
            .. hostProblems,
            .. packets.SelectMany(packet => packet.Diagnostics)]);
        if (host is null || problems.Length > 0)
        {
            return [];
        }

        var evaluator = new Evaluator(compilation, family, host);
        return [.. packets.Select(packet => Trace(evaluator, packet.Packet))];
    }

    /// <returns>Nothing where the outcomes are too many to look at.</returns>
    private static IReadOnlyList<ObservedTrace> Trace(Evaluator evaluator, Packet? packet)
    {
        try
        {
            return packet is null ? [] : [.. evaluator.Trace(packet).Select(ObservedTrace.FromTrace)];
        }
        catch (EvaluationLimitException)
        {
            return [];
        }
    }
}
