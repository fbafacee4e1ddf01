using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Linting.Fixing;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting.Fixing;

/// <summary>What <c>--fix</c> makes of small dumps against exhaustive truth: no packet is treated otherwise, and fixing twice is fixing once.</summary>
internal sealed class FixTruthTests
{
    private const int ShownFailures = 3;

    [Test]
    public void Fixing_changes_no_outcome_and_leaves_nothing_to_fix()
    {
        var fixedCount = 0;
        var failures = SmallBudget.Tenth(seed => IsAsked(SmallPair.Of(seed).Old))
            .Select(seed => (seed, Wrong: Wrong(SmallPair.Of(seed).Old, ref fixedCount)))
            .Where(failure => failure.Wrong is not null)
            .Take(ShownFailures)
            .Select(failure => $"seed {failure.seed}: {failure.Wrong}")
            .ToList();

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
        Assert.That(fixedCount, Is.Positive, "no dump had anything to fix");
    }

    /// <summary>Packets of IPv4 are sent through the dumps, and what is written is read again in its words.</summary>
    private static bool IsAsked(SmallDump dump) => dump.Family == Family.IPv4;

    /// <summary>The first thing that is not so; null where all is right.</summary>
    private static string? Wrong(SmallDump dump, ref int fixedCount)
    {
        var once = Fix(dump.ToString());
        fixedCount += once.Fixed.Length;
        var text = once.After.Tree.Text.ToString();
        if (Fix(text) is { HasChanges: true } twice)
        {
            return $"\n{dump}is fixed to\n{text}and that to\n{twice.After.Tree.Text}";
        }
        if (!once.HasChanges)
        {
            return null;
        }
        var pair = new SmallPair(dump, SmallReader.Dump(text));
        var packets = dump.Hooks.SelectMany(hook => SmallPackets.At(hook, pair.Fields)).ToList();
        var histories = SmallHistories.Of(pair, packets);
        return packets.Find(packet => histories.Differs(packet, static outcome => outcome.AsSeen)) is { } packet
            ? $"\n{dump}is fixed to\n{text}which treats {packet.Expression} otherwise" : null;
    }

    private static FixResult Fix(string dump) => Linter.Fix(
        new LintInput(
            Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), new CompilationOptions { Family = Family.IPv4 }), LintOptions.Default),
        isWanted: static _ => true);
}
