using System.Globalization;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles;

/// <summary>The evaluator over decision tables and the reference over bound rules agree on random rule sets and packets.</summary>
internal sealed class ReferenceEvaluatorTests
{
    private const int SeedCount = 400;

    private static readonly Gen<int> Seeds = Gen.Int[0, 1_000_000];

    [Test]
    public void Evaluator_agrees_with_the_reference()
    {
        var compared = 0;
        var skipped = 0;
        Seeds.Sample(
            seed =>
            {
                var one = RandomCase.FromSeed(seed);
                var family = one.IsV6 ? Family.IPv6 : Family.IPv4;
                foreach (var table in RandomTables.OneByOne(one.Dump))
                {
                    var options = new CompilationOptions { Family = family };
                    var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(table)), options);
                    if (compilation.HasErrors)
                    {
                        continue; // the tools refuse it too; that is another test's matter
                    }
                    var host = Read(HostFactsJson.Read(SourceText.From(one.Host)).Facts);
                    var evaluator = new Evaluator(compilation, family, host);
                    var reference = new ReferenceEvaluator(Read(compilation.GetRuleset(family)), host);
                    foreach (var text in one.Packets)
                    {
                        var packet = Read(PacketExpression.Parse(SourceText.From(text)).Packet);
                        if (reference.TryTrace(packet) is not { } expected)
                        {
                            Interlocked.Increment(ref skipped);
                            continue;
                        }
                        Interlocked.Increment(ref compared);
                        Assert.That(
                            evaluator.Trace(packet).Select(Actual),
                            Is.EqualTo([expected]),
                            () => $"seed {seed.ToString(CultureInfo.InvariantCulture)}\n{one.Host}\n{table}{text}");
                    }
                }
            },
            iter: SeedCount);
        TestContext.Out.WriteLine($"{compared} packets compared, {skipped} beyond the reference");
        Assert.That(compared, Is.GreaterThan(skipped));
    }

    private static IReadOnlyList<string> Actual(Trace trace) =>
    [
        .. trace.Steps.Select(step => step.Rule is { } rule
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Hook.Name()} {step.Chain}#{rule}")
            : $"{step.Hook.Name()} {step.Chain} policy"),
        trace.Lost is null ? trace.Verdict.ToString() : "lost",
    ];

    private static T Read<T>(T? value)
        where T : class => value ?? throw new InvalidDataException();
}
