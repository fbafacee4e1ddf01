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

/// <summary>
/// Diff and search against the evaluator on whole ways through a machine: several hooks, routing between them, by marks too, what comes back
/// by <c>lo</c>. Packets that routing loses for their addresses, on both ways or by one of two machines alone, are no machine's to get, and are
/// not asked about.
/// </summary>
internal sealed class JourneyTruthTests
{
    private const int ShownDisagreements = 3;
    private const int MostPackets = 250;

    [Test]
    public void Regions_of_a_diff_are_exactly_the_packets_treated_otherwise() => Check(seed => WrongDiff(SmallPair.Journey(seed), seed));

    [Test]
    public void Regions_of_a_search_are_exactly_the_packets_that_do_so() => Check(seed => WrongSearch(SmallPair.Journey(seed).Old, seed));

    private static void Check(Func<int, string?> wrong)
    {
        var failures = SmallBudget.Tenth(_ => true).Select(seed => (seed, wrong: wrong(seed))).Where(result => result.wrong is not null)
            .Take(ShownDisagreements)
            .Select(result => string.Create(
                CultureInfo.InvariantCulture,
                $"seed {result.seed}: {result.wrong}\n{SmallPair.Journey(result.seed).Old}---\n{SmallPair.Journey(result.seed).New}"));
        Assert.That(failures, Is.Empty);
    }

    /// <summary>The first thing that is not so; null where all is right.</summary>
    private static string? WrongDiff(SmallPair pair, int seed)
    {
        var (old, other) = (Compile(pair.Old), Compile(pair.New));
        var (before, after) = (EvaluatorOf(old, SmallJourneys.HostOf(seed)), EvaluatorOf(other, SmallJourneys.NewHostOf(seed)));
        var result = SemanticDiff.Compare(old, other, new DiffOptions { OldHost = SmallJourneys.HostOf(seed), NewHost = SmallJourneys.NewHostOf(seed) });
        var packets = SmallJourneys.Packets(pair.Fields, seed, MostPackets);
        var sets = new SpaceSets(packets.Select(packet => packet.Expression).Concat(result.Regions.SelectMany(region => region.Space)));
        foreach (var packet in packets)
        {
            var (one, another) = (SmallJourneys.Trace(before, packet), SmallJourneys.Trace(after, packet));
            if (one.Lost is not null && another.Lost is not null)
            {
                continue;
            }
            var (was, becomes) = (SmallJourneys.Outcome(pair.Old, one), SmallJourneys.Outcome(pair.New, another));
            var told = result.Regions.Where(region => region.Space.Any(space => sets.Meet(packet.Expression, space))).ToList();
            if (told.Count != (was == becomes ? 0 : 1) || told.Exists(region => !Tells(region.Old, one) || !Tells(region.New, another)))
            {
                return $"{packet.Expression}: {was} -> {becomes}, is in {told.Count} regions:\n"
                    + string.Join('\n', result.Regions.Select(region => $"{region.Old.Verdict} -> {region.New.Verdict} {string.Join(" | ", region.Space)}"));
            }
        }
        return null;
    }

    /// <summary>What routing loses on one side may be told with packets that it does not.</summary>
    private static bool Tells(DiffOutcome told, Trace trace) => told.Verdict == trace.Verdict || (trace.Lost is not null && told.Lost is null);

    private static string? WrongSearch(SmallDump dump, int seed)
    {
        var compilation = Compile(dump);
        var evaluator = EvaluatorOf(compilation, SmallJourneys.HostOf(seed));
        var traces = SmallJourneys.Packets(dump.Fields, seed, MostPackets)
            .Select(packet => (packet.Expression, Trace: SmallJourneys.Trace(evaluator, packet))).Where(pair => pair.Trace.Lost is null).ToList();
        foreach (var question in Questions(dump, seed))
        {
            foreach (var isArriving in (bool[])[true, false])
            {
                var regions = new List<SearchRegion>();
                RegionSearch.Find(
                    compilation, Family.IPv4, SmallJourneys.HostOf(seed), Parse(isArriving ? "* * -> * in *" : "* * -> *"), question, regions, int.MaxValue, default);
                var asked = traces.Where(pair => pair.Trace.Packet.InInterface is not null == isArriving).ToList();
                var sets = new SpaceSets(asked.Select(pair => pair.Expression).Concat(regions.SelectMany(region => region.Space)));
                foreach (var (expression, trace) in asked)
                {
                    var isTold = regions.Exists(region => region.Space.Any(space => sets.Meet(expression, space)));
                    if (isTold != IsWanted(trace, question))
                    {
                        return $"{question}: {expression} is {(isTold ? "wrongly in" : "missing from")}\n"
                            + string.Join('\n', regions.SelectMany(region => region.Space));
                    }
                }
            }
        }
        return null;
    }

    private static IEnumerable<SearchQuestion> Questions(SmallDump dump, int seed)
    {
        yield return new SearchQuestion { Verdict = Verdict.Accept };
        yield return new SearchQuestion { IsRewritten = true };
        yield return new SearchQuestion { IsRewritten = false, Verdict = Verdict.Drop };
        var rules = dump.Chains.SelectMany(chain => chain.Rules.Select((_, index) => new RuleReference(chain.Table, chain.Name, index + 1))).ToList();
        if (rules.Count > 0)
        {
            yield return new SearchQuestion { Hits = rules[seed % rules.Count] };
        }
    }

    private static bool IsWanted(Trace trace, SearchQuestion question) =>
        (question.Verdict is null || question.Verdict == trace.Verdict)
        && (question.Hits is not { } hits || trace.Steps.Any(step => step.Table == hits.Table && step.Chain == hits.Chain && step.Rule == hits.Rule))
        && (question.IsRewritten is null || question.IsRewritten == IsRewritten(trace));

    /// <summary>As the packet is in the end: one translated there and back is as it was.</summary>
    private static bool IsRewritten(Trace trace) =>
        (trace.Rewrites.LastOrDefault(rewrite => rewrite.Source is not null)?.Source ?? trace.Packet.Source) != trace.Packet.Source
        || (trace.Rewrites.LastOrDefault(rewrite => rewrite.Destination is not null)?.Destination ?? trace.Packet.Destination) != trace.Packet.Destination;

    private static Evaluator EvaluatorOf(Compilation dump, HostFacts host) => new(dump, Family.IPv4, host);

    private static SpaceExpression Parse(string text) => SpaceExpression.Parse(SourceText.From(text)).Space ?? throw new FormatException(text);

    private static Compilation Compile(SmallDump dump) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump.ToString())), new CompilationOptions { Family = Family.IPv4 });
}
