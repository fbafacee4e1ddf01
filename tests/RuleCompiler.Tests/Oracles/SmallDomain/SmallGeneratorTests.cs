using System.Text.RegularExpressions;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

internal sealed partial class SmallGeneratorTests
{
    private const int SeedCount = 100;
    private const int KindSeedCount = 1_500;

    private static readonly string[] Options =
    [
        "-s", "!-s", "-d", "!-d", "-i", "!-i", "-o", "!-o", "-p", "!-p", "--sport", "!--sport", "--dport", "!--dport", "--sports", "!--sports",
        "--dports", "!--dports", "--ports", "!--ports", "--tcp-flags", "!--tcp-flags", "--icmp-type", "!--icmp-type", "--src-range", "!--src-range",
        "--dst-range", "!--dst-range", "--uid-owner", "!--uid-owner", "--gid-owner", "!--gid-owner", "--socket-exists", "!--socket-exists",
        "--ctstate", "!--ctstate", "--state", "!--state", "--mark", "!--mark", "--limit", "--quota", "--connlimit-upto", "--probability",
        "!--probability", "--rcheck", "--match-set", "!--match-set", "--string", "!--string", "--u32", "!--u32", "--comment",
    ];

    [Test]
    public void Product_takes_every_dump_without_a_problem()
    {
        for (var seed = 0; seed < SeedCount; seed++)
        {
            var dump = SmallGenerator.Dump(seed);
            var compilation = Compilation.Create(
                SyntaxTree.Parse(SourceText.From(dump.ToString())), new CompilationOptions { Family = dump.Family });
            Assert.That(compilation.Diagnostics, Is.Empty, () => $"seed {seed}\n{dump}");
        }
    }

    [Test]
    public void Reading_a_dump_back_changes_nothing()
    {
        for (var seed = 0; seed < SeedCount; seed++)
        {
            var dump = (SmallGenerator.Dump(seed) with { Family = Family.IPv4 }).ToString();
            Assert.That(SmallReader.Dump(dump).ToString(), Is.EqualTo(dump));
        }
    }

    [Test]
    public void Dumps_have_every_kind_of_option_target_table_hook_and_family()
    {
        var dumps = Enumerable.Range(0, KindSeedCount).Select(SmallGenerator.Dump).ToList();
        var rules = dumps.SelectMany(dump => dump.Rules).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(rules.Select(rule => rule.Target.Action).Distinct(), Is.EquivalentTo(Enum.GetValues<SmallAction>()));
            Assert.That(rules.SelectMany(rule => rule.Tests).SelectMany(Names).Distinct(), Is.SupersetOf(Options));
            Assert.That(dumps.SelectMany(dump => dump.Chains).Select(chain => chain.Table).Distinct(), Is.EquivalentTo(NetfilterNames.Tables));
            Assert.That(dumps.SelectMany(dump => dump.Hooks).Distinct(), Is.EquivalentTo(NetfilterNames.Hooks));
            Assert.That(dumps.Select(dump => dump.Family).Distinct(), Is.EquivalentTo(new[] { Family.IPv4, Family.IPv6 }));
            Assert.That(dumps.Select(dump => dump.Chains.Select(chain => chain.Table).Distinct().Count()), Has.Some.EqualTo(4));
            Assert.That(dumps.SelectMany(dump => dump.Chains.Select(chain => dump.HooksOf(chain).Count())), Has.Some.GreaterThan(2));
            Assert.That(dumps, Has.Some.Matches<SmallDump>(dump => dump.Chains.Any(chain => chain.PolicyDrops)));
            Assert.That(dumps, Has.Some.Matches<SmallDump>(dump => dump.Chains.Any(chain => chain.Rules.IsEmpty)));
        });
    }

    /// <summary>The options of a test, and its match; of one that is negated, with an exclamation mark.</summary>
    private static IEnumerable<string> Names(SmallTest test) =>
        Option().Matches(test.Text).Select(found => found.Value.StartsWith('!') ? $"!{found.Groups["name"].Value}" : found.Groups["name"].Value);

    /// <remarks>Those of nat and its neighbours are rare: a run of thousands shows them.</remarks>
    [Test]
    public void Dumps_show_what_the_checks_are_about()
    {
        var found = Enumerable.Range(0, SeedCount)
            .SelectMany(seed => SmallTruth.Of(SmallGenerator.Dump(seed)))
            .Select(finding => finding.Id + finding.SameOutcome);
        Assert.That(
            found.Distinct(),
            Is.SupersetOf(new[]
            {
                "IPT3001", "IPT3002all", "IPT3002some", "IPT3003", "IPT3004", "IPT3005", "IPT3011", "IPT3012",
            }));
    }

    [GeneratedRegex(@"(! )?(?<name>(?<= |^)--?[a-z0-9][a-z0-9-]*)")]
    private static partial Regex Option();
}
