using System.Collections.Immutable;
using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Tests.Linting;
using RuleCompiler.Tests.Oracles.SmallDomain;

namespace RuleCompiler.Tests.PacketSpaces;

/// <summary>Single packets carried without cells, against cells.</summary>
internal sealed class PointWalkerTests
{
    private const int DumpCount = 40;
    private const long Steps = 10_000_000;

    [Test]
    public void What_a_packet_shows_of_a_rule_cells_show_too()
    {
        var answers = new HashSet<PointAnswer>();
        for (var seed = 1; seed <= DumpCount; seed++)
        {
            Compare(seed, answers);
        }
        Assert.That(answers, Is.EquivalentTo(Enum.GetValues<PointAnswer>()), "each answer is given");
    }

    private static void Compare(int seed, HashSet<PointAnswer> answers)
    {
        var space = SmallSpace.Of(seed);
        var compilation = Linted.Compile(space.Dump.ToString());
        var calls = new CallGraph(compilation.GetRuleset(space.Layout.Family) ?? throw new InvalidOperationException("no rules"));
        var ways = new WayFinder(space.Rules, calls, new TargetBoxes(space.Rules, new EntrySpace(space.Layout, hasFragments: false)));
        foreach (var hook in space.Dump.Hooks)
        {
            var budget = new StepBudget(Steps);
            var walkers = Walkers(space.Rules, budget);
            var removal = new RemovalProver(space.Rules, Walkers(space.Rules, budget), Walkers(space.Rules, budget));
            var points = new PointWalker(space.Rules, hook);
            foreach (var (packet, classes) in space.At(hook))
            {
                ulong[] point = [.. space.Layout.Dimensions.Select(d => d.CodeOf(classes[d.Index]))];
                foreach (var chain in space.Rules.Chains)
                {
                    foreach (var path in ways.To(chain, hook).Known.Select(way => way.Path))
                    {
                        foreach (var rule in chain.Rows.Select(row => row.RuleNumber).Distinct())
                        {
                            Check(packet, point, chain, new RuleKey(chain.Symbol.Index, rule), path);
                        }
                    }
                }
            }

            void Check(SmallPacket packet, ulong[] point, SpaceChain chain, RuleKey key, ImmutableArray<RuleKey> path)
            {
                var answer = points.Ask(point, key, path, isReachedEnough: false);
                answers.Add(answer);
                switch (answer)
                {
                    case PointAnswer.Needed:
                        Assert.That(
                            Hits(point, key).Any(cell => removal.IsNeededFor(hook, cell, chain, key.Rule)), Is.True, () => $"{key} {packet.Expression}\n{space.Dump}");
                        break;
                    case PointAnswer.Alike:
                        Assert.That(Hits(point, key), Is.Not.Empty, () => $"{key} {packet.Expression}\n{space.Dump}");
                        break;
                }
            }

            List<Cell> Hits(ulong[] point, RuleKey key)
            {
                var hits = new List<Cell>();
                var walker = walkers[(int)hook];
                walker.Clear();
                walker.Target = key;
                walker.Enter(point);
                while (walker.MoveNext() is { } cell)
                {
                    if (cell.Chain is not null)
                    {
                        hits.Add(cell);
                    }
                }
                return hits;
            }
        }
    }

    [Test]
    public void The_next_row_of_a_long_chain_is_the_first_that_the_packet_may_match()
    {
        var lines = Enumerable.Range(0, 300).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"-A FORWARD -{"sd"[i % 2]} 10.{i * 7 % 5}.{i * 13 % 17}.0/{20 + (i % 5)} -p tcp -m tcp --dport {i * 11 % 40}:{50 + (i % 9)} -j ACCEPT"));
        var compilation = Linted.Compile($"*filter\n:FORWARD ACCEPT [0:0]\n{string.Join('\n', lines)}\nCOMMIT\n");
        var tables = compilation.GetTables(Family.IPv4) ?? throw new InvalidOperationException("no rules");
        var rules = new SpaceRuleset(tables, SpaceLayout.Of(tables), new UnknownTable());
        var chain = rules.Chains[0];
        var tree = chain.Tree ?? throw new InvalidOperationException("no tree");
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            ulong[] point = [.. rules.Layout.Dimensions.Select(d => d.CodeOf(random.Next(d.ClassCount)))];
            var from = random.Next(chain.Rows.Length + 1);
            var expected = Array.FindIndex(chain.Rows, from, row => Boxes.Meets(point, rules.TestsOf(row), rules.Layout.NarrowCount));
            Assert.That(tree.NextAt(point, from, rules, chain), Is.EqualTo(expected < 0 ? chain.Rows.Length : expected));
        }
    }

    private static CellWalker[] Walkers(SpaceRuleset rules, StepBudget budget) =>
        [.. NetfilterNames.Hooks.Select(hook => new CellWalker(rules, hook, budget))];
}
