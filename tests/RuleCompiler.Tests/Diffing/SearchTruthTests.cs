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

/// <summary>The search against exhaustive truth: its regions are exactly the packets that do so under some outcome of the unknowns.</summary>
internal sealed class SearchTruthTests
{
    private const int ShownDisagreements = 3;
    private const int MostRulesAsked = 3;
    private const int MostPackets = 500;
    private const int MostUnknowns = 3;

    [Test]
    public void Regions_are_exactly_the_packets_that_do_so()
    {
        var failures = SmallBudget.Tenth(seed => IsAsked(Dump(seed)))
            .Select(seed => (seed, wrong: Wrong(Dump(seed))))
            .Where(result => result.wrong is not null)
            .Take(ShownDisagreements)
            .Select(result => string.Create(CultureInfo.InvariantCulture, $"seed {result.seed}: {result.wrong}\n{Dump(result.seed)}"));
        Assert.That(failures, Is.Empty);
    }

    /// <summary>Packets are sent through one hook, and a search follows them through all; and each packet is asked many questions.</summary>
    private static bool IsAsked(SmallDump dump) =>
        dump.Hooks.ToList() is [var hook] && SmallPackets.At(hook, dump.Fields).Count <= MostPackets
        && dump.Rules.Count(rule => rule.HasUnknowns) <= MostUnknowns;

    /// <summary>In the words of IPv4; without TPROXY, whose sockets a host has.</summary>
    private static SmallDump Dump(int seed) =>
        SmallGenerator.Dump(seed).Without((_, rule) => rule.Target.Action == SmallAction.Proxy) with { Family = Family.IPv4 };

    /// <summary>The first thing that is not so; null where all is right.</summary>
    private static string? Wrong(SmallDump dump)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump.ToString())), new CompilationOptions { Family = Family.IPv4 });
        return (from hook in dump.Hooks from question in Questions(dump) select Wrong(dump, compilation, hook, question)).FirstOrDefault(wrong => wrong is not null);
    }

    private static IEnumerable<SearchQuestion> Questions(SmallDump dump)
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            yield return new SearchQuestion { Verdict = verdict };
        }
        yield return new SearchQuestion { IsRewritten = true };
        yield return new SearchQuestion { IsRewritten = false, Verdict = Verdict.Accept };
        var rules = dump.Chains.SelectMany(chain => chain.Rules.Select((_, index) => new RuleReference(chain.Table, chain.Name, index + 1))).ToList();
        for (var i = 0; i < rules.Count; i += (rules.Count / MostRulesAsked) + 1)
        {
            yield return new SearchQuestion { Hits = rules[i], Verdict = i % 2 == 0 ? null : Verdict.Accept };
        }
    }

    private static string? Wrong(SmallDump dump, Compilation compilation, Hook hook, SearchQuestion question)
    {
        var space = SpaceExpression.Parse(SourceText.From(SmallWorld.HasIn(hook) ? "* * -> * in *" : "* * -> *")).Space
            ?? throw new AssertionException("the space of all packets cannot be read");
        var regions = new List<SearchRegion>();
        RegionSearch.Find(compilation, Family.IPv4, SmallHost.Facts, space, question, regions, int.MaxValue, default);
        var packets = SmallPackets.At(hook, dump.Fields).Where(packet => SmallWorld.HasIn(hook) || packet.In is null).Where(SmallHost.Meets).ToList();
        var sets = new SpaceSets(packets.Select(Expression).Concat(regions.SelectMany(region => region.Space)));
        var choices = new SmallChoices();
        foreach (var packet in packets)
        {
            var isWanted = IsWanted(dump, packet, question, choices);
            var told = regions.Any(region => (region.Hook is null || region.Hook == hook) && region.Space.Any(part => sets.Meet(Expression(packet), part)));
            if (told != isWanted)
            {
                return $"{question}: {Expression(packet)} {(isWanted ? "is missing from" : "is wrongly in")}:\n" + string.Join('\n', regions.SelectMany(region => region.Space));
            }
        }
        return null;
    }

    /// <summary>What arrives at this host goes on to no interface.</summary>
    private static string Expression(SmallPacket packet) =>
        packet.Expression + (packet.Hook is Hook.Input or Hook.Prerouting ? " out none" : "");

    private static bool IsWanted(SmallDump dump, SmallPacket packet, SearchQuestion question, SmallChoices choices)
    {
        var target = question.Hits is { } place ? dump.Find(place.Table, place.Chain).Rules[place.Rule - 1] : null;
        var isHit = false;
        var machine = new SmallMachine(choices) { Matched = rule => isHit |= rule == target };
        choices.Clear();
        do
        {
            isHit = false;
            var outcome = machine.Run(dump, packet);
            var isRewritten = outcome.Source != (packet.Source, packet.SourcePort) || outcome.Destination != (packet.Destination, packet.DestinationPort);
            if ((question.Verdict is null || question.Verdict == VerdictOf(outcome)) && (target is null || isHit)
                && (question.IsRewritten is null || question.IsRewritten == isRewritten))
            {
                return true;
            }
        }
        while (choices.MoveNext());
        return false;
    }

    private static Verdict VerdictOf(SmallOutcome outcome) => outcome.Verdict switch
    {
        "accept" => Verdict.Accept,
        "drop" => Verdict.Drop,
        var other when other.Contains("REJECT", StringComparison.Ordinal) => Verdict.Reject,
        _ => Verdict.Queue,
    };
}
