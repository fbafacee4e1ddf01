using System.Text;
using NUnit.Framework;
using RuleCompiler.Fuzz;

namespace RuleCompiler.Tests.Tools;

/// <summary>Broken dumps end in problems or in a result: no exception, nothing lost, and the canonical text means the same.</summary>
internal sealed class FuzzTests
{
    private const int InputCount = 4000;

    /// <summary>The shared corpora where they are, and always the dumps of the examples.</summary>
    private static readonly Lazy<SeedCorpus> Corpus = new(() => SeedCorpus.Read(
    [
        Repository.PathOf("examples"),
        .. SharedData.Folder is { } shared && Directory.Exists(Path.Combine(shared, "corpora"))
            ? new[] { Path.Combine(shared, "corpora") }
            : [],
    ]));

    [Test]
    public void No_input_breaks_a_law([Values(1, 2)] int seed)
    {
        var mutator = new InputMutator(Corpus.Value, seed);
        var trial = new Trial();
        for (var number = 0; number < InputCount; number++)
        {
            var input = mutator.Make(number);
            Assert.That(trial.FindBroken(input), Is.Null, () => $"input {number} of seed {seed}\n{Encoding.UTF8.GetString(input)}");
        }
        Assert.That(trial.TraceCount, Is.Positive);
    }

    [Test]
    public void An_input_can_be_made_again()
    {
        var once = new InputMutator(Corpus.Value, 3);
        var again = new InputMutator(Corpus.Value, 3);

        Assert.That(once.Make(17), Is.EqualTo(again.Make(17)).And.Not.EqualTo(once.Make(18)));
    }
}
