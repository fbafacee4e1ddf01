using System.Diagnostics;
using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles;

// Compares so many drawn cases with the kernel, and prints the smallest form of each disagreement; or so many single rules with the tools
// that load them. Exit 1 where there is a disagreement.
const int ReportEvery = 500;
const int ShownOfAKind = 20;
var (first, count, flavour) = (1, 1000, Flavour.Nft);
var isOfRules = args is [_, _, _, "rules"];
if (args.Length > (isOfRules ? 4 : 3)
    || (args.Length > 0 && !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out first))
    || (args.Length > 1 && !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out count))
    || (args.Length > 2 && !(args[2] is "nft" or "legacy" && Enum.TryParse(args[2], ignoreCase: true, out flavour))))
{
    Console.Error.WriteLine("usage: RuleCompiler.Oracle [FIRST-SEED [COUNT [nft|legacy [rules]]]]");
    return 2;
}
if (KernelTrace.Obstacle is { } obstacle)
{
    Console.Error.WriteLine($"No kernel oracle here: {obstacle}");
    return 2;
}

if (isOfRules)
{
    var kinds = RestoreComparison.Find(Enumerable.Range(first, count).Select(seed => (seed, RandomSpelling.Of(seed))), flavour)
        .GroupBy(found => found.Kind).ToList();
    foreach (var kind in kinds)
    {
        Console.WriteLine($"{kind.Key}: {kind.Count()}\n{string.Join('\n', kind.Take(ShownOfAKind))}\n");
    }
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{args[2]}, rules {first} to {first + count - 1}: {kinds.Sum(kind => kind.Count())} disagreements"));
    return kinds.Count > 0 ? 1 : 0;
}

var started = Stopwatch.GetTimestamp();
var (packets, disagreements, versions) = (0L, 0, new int[2]);
for (var seed = first; seed < first + count; seed++)
{
    var drawn = OracleComparison.Draw(seed, flavour);
    packets += drawn.Packets.Count;
    versions[drawn.IsV6 ? 1 : 0]++;
    if (OracleComparison.Find(drawn) is { } found)
    {
        disagreements++;
        Console.WriteLine(found.IsOfTraces ? CaseShrinker.Shrink(found, smaller => OracleComparison.Find(smaller)) : found);
    }
    if ((seed - first + 1) % ReportEvery == 0 || seed == first + count - 1)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{args.ElementAtOrDefault(2) ?? "nft"}, seeds {first} to {seed}: {versions[0]} IPv4 and {versions[1]} IPv6 cases, {packets} packets, {disagreements} disagreements, {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} min"));
    }
}
return disagreements > 0 ? 1 : 0;
