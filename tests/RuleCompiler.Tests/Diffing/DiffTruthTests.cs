using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Oracles.SmallDomain;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>The diff against exhaustive truth: the union of its regions is the differing set, packet by packet.</summary>
internal sealed class DiffTruthTests
{
    private const int ShownDisagreements = 3;

    [Test]
    public void Regions_are_exactly_the_packets_treated_otherwise()
    {
        var failures = SmallBudget.Tenth(seed => IsAsked(SmallPair.Of(seed)))
            .Select(seed => (seed, wrong: Wrong(SmallPair.Of(seed))))
            .Where(result => result.wrong is not null)
            .Take(ShownDisagreements)
            .Select(result => string.Create(
                CultureInfo.InvariantCulture, $"seed {result.seed}: {result.wrong}\n{SmallPair.Of(result.seed).Old}---\n{SmallPair.Of(result.seed).New}"));
        Assert.That(failures, Is.Empty);
    }

    /// <summary>Packets are sent through one hook, and a diff follows them through all.</summary>
    private static bool IsAsked(SmallPair pair) => pair.Old.Family == Family.IPv4 && pair.Old.Hooks.Union(pair.New.Hooks).Count() == 1
        && !Compile(pair.Old).HasErrors && !Compile(pair.New).HasErrors; // an edit may leave ports without their protocol

    /// <summary>The first thing that is not so; null where all is right.</summary>
    private static string? Wrong(SmallPair pair)
    {
        var (old, other) = (Compile(pair.Old), Compile(pair.New));
        var result = SemanticDiff.Compare(old, other, new DiffOptions { OldHost = SmallHost.Facts, NewHost = SmallHost.Facts });
        var packets = pair.Old.Hooks.Union(pair.New.Hooks).SelectMany(hook => SmallPackets.At(hook, pair.Fields))
            .Where(SmallHost.Meets).ToList();
        var sets = new SpaceSets(packets.Select(packet => packet.Expression).Concat(result.Regions.SelectMany(region => region.Space)));
        var hasUnknowns = pair.Old.Rules.Concat(pair.New.Rules).Any(rule => rule.Tests.Any(test => test.Unknown is not null));
        var histories = SmallHistories.Of(pair, packets);
        var any = false;
        foreach (var packet in packets)
        {
            var differs = histories.Differs(packet, Seen);
            any |= differs;
            var told = result.Regions.Count(region => region.Hook == packet.Hook && region.Space.Any(space => sets.Meet(packet.Expression, space)));
            if (told > 0 != differs || (told > 1 && !hasUnknowns))
            {
                return $"{packet.Expression} {(differs ? "differs" : "does not differ")}, is in {told} regions:\n"
                    + string.Join('\n', result.Regions.SelectMany(region => region.Space));
            }
        }
        // What this host sends to itself comes by PREROUTING and INPUT too, with the state that it has.
        var isAny = any || result.Regions.Any(region => region.Space.Any(space => !space.Contains(" in ", StringComparison.Ordinal))
            && pair.Old.Hooks.Union(pair.New.Hooks).Single() is Hook.Prerouting or Hook.Input);
        return result.Equivalence != (isAny ? Equivalence.Different : Equivalence.Equivalent) ? $"{result.Equivalence}"
            : result.Regions.Select(region => Witness(region, old, other, result)).FirstOrDefault(wrong => wrong is not null);
    }

    private static string? Witness(DiffRegion region, Compilation old, Compilation other, DiffResult result)
    {
        var expression = PacketExpression.Format(region.Witness);
        var sets = new SpaceSets(region.Space.Append(expression));
        return !region.Space.Any(space => sets.Meet(expression, space))
            ? $"witness {expression} is not in {string.Join(" or ", region.Space)}"
            : Shown(old, result.OldHost, region.Old, region) ?? Shown(other, result.NewHost, region.New, region);
    }

    private static string? Shown(Compilation dump, HostFacts host, DiffOutcome outcome, DiffRegion region)
    {
        var traces = new Evaluator(dump, Family.IPv4, host).Trace(region.Witness, new TraceOptions { Assumptions = region.Assumptions });
        return traces.Any(trace => trace.Verdict == outcome.Verdict) ? null
            : $"witness {PacketExpression.Format(region.Witness)} is traced to {traces[0].Verdict}, not {outcome.Verdict}";
    }

    /// <summary>What counts in a diff: logs do not, nor a NAT target that changes nothing.</summary>
    private static SmallOutcome Seen(SmallOutcome outcome) => outcome.AsSeen with { Logs = "" };

    private static Compilation Compile(SmallDump dump) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump.ToString())), new CompilationOptions { Family = Family.IPv4 });
}
