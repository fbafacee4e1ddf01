using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>What the kernel did with a packet under a rule set, recorded once, against what the evaluator says.</summary>
internal sealed class RecordedTraceTests
{
    [Test]
    public void Evaluator_does_what_the_kernel_did()
    {
        SharedData.Require("kernel-traces");
        var wrong = new List<string>();
        foreach (var topic in RecordedCase.ReadAll().GroupBy(c => c.Topic))
        {
            var differences = topic.Select(one => (Case: one, Difference: Compare(one))).Where(pair => pair.Difference is not null).ToList();
            wrong.AddRange(differences.Select(pair => $"{pair.Case.Name}: {pair.Case.Packet}\n{pair.Difference}"));
            TestContext.Out.WriteLine($"{topic.Key,-18} {topic.Count() - differences.Count,4} of {topic.Count(),4}");
        }
        Assert.That(wrong, Is.Empty, () => $"{wrong.Count} cases\n" + string.Join("\n\n", wrong.Take(20)));
    }

    /// <returns>What differs, for a reader; null where nothing does.</returns>
    private static string? Compare(RecordedCase one)
    {
        var expected = one.Expected.Order(StringComparer.Ordinal).ToList();
        foreach (var flavour in one.Flavours)
        {
            try
            {
                var actual = Trace(one, flavour).Select(ComparableTrace.Of).Order(StringComparer.Ordinal).ToList();
                if (!actual.SequenceEqual(expected))
                {
                    return $"expected:\n{string.Join("\nor\n", expected)}\n{flavour}:\n{string.Join("\nor\n", actual)}";
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return $"{flavour}: {e.GetType().Name}: {e.Message}\n{e.StackTrace}";
            }
        }
        return null;
    }

    private static ImmutableArray<Trace> Trace(RecordedCase one, Flavour flavour)
    {
        var options = new CompilationOptions { Family = one.Family, Flavour = flavour };
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(one.Dump)), options);
        if (compilation.HasErrors)
        {
            throw new InvalidDataException(string.Join('\n', compilation.Diagnostics));
        }
        var (host, _) = HostFactsJson.Read(SourceText.From(one.Host));
        var (packet, _) = PacketExpression.Parse(SourceText.From(one.Packet));
        var facts = host ?? throw new InvalidDataException("host");
        return new Evaluator(compilation, one.Family, facts).Trace(packet ?? throw new InvalidDataException("packet"));
    }
}
