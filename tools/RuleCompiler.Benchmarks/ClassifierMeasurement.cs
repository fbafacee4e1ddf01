using System.Globalization;
using RuleCompiler.Evaluation.Classifier;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Oracles;

namespace RuleCompiler.Benchmarks;

/// <summary>
/// How many packets a second a chain's classifier takes, on one thread, and that each of its answers is that of the
/// filters that the dump was made from, and the reference evaluator's.
/// </summary>
internal static class ClassifierMeasurement
{
    private const int Rounds = 7;

    /// <param name="paths">Sets of <c>classbench_like.py</c>, without their endings.</param>
    /// <param name="comparedPackets">How many packets of each are compared.</param>
    public static void Run(IEnumerable<string> paths, int comparedPackets)
    {
        Console.WriteLine("set           rules   build  in order, M/s  shuffled, M/s  reference, packets/s    ratio  compared  different");
        foreach (var path in paths)
        {
            var set = ClassBenchSet.Read(path);
            var classifier = Create(set);
            var build = Enumerable.Range(0, 3).Min(_ => Time(() => Create(set)));
            var points = set.Locate(classifier);
            var found = new int[set.Packets.Count];
            var best = Enumerable.Range(0, Rounds).Min(_ => Time(() => FindAll(classifier, points, found)));
            var shuffledPoints = Shuffle(points, classifier.Lanes.Length);
            var shuffled = Enumerable.Range(0, Rounds).Min(_ => Time(() => FindAll(classifier, shuffledPoints, new int[found.Length])));
            var rate = found.Length / best.TotalSeconds;
            var (reference, compared, differences) = Compare(set, classifier, found, comparedPackets);
            differences += CompareFilters(set, FilterScan.Read(path), classifier, found, comparedPackets);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(path),-10} {set.Forward.Rows.Length,8} {build.TotalMilliseconds,5:0} ms {rate / 1e6,13:0.0} {found.Length / shuffled.TotalSeconds / 1e6,14:0.0} {reference,21:0} {rate / reference,8:0} {compared,9} {differences,10}"));
        }
    }

    private static void FindAll(ChainClassifier classifier, uint[] points, int[] found)
    {
        var laneCount = classifier.Lanes.Length;
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = classifier.Find(points.AsSpan(i * laneCount, laneCount));
        }
    }

    /// <summary>The points in random order, so that no search is helped by the one before.</summary>
    private static uint[] Shuffle(uint[] points, int laneCount)
    {
        var order = Enumerable.Range(0, points.Length / laneCount).ToArray();
        new Random(1).Shuffle(order);
        return [.. order.SelectMany(place => points.AsSpan(place * laneCount, laneCount).ToArray())];
    }

    private static ChainClassifier Create(ClassBenchSet set) =>
        ChainClassifier.Create(set.Rules, set.Forward) ?? throw new InvalidOperationException("no classifier");

    /// <summary>Processor time, which does not grow when others keep the machine busy.</summary>
    private static TimeSpan Time(Action work)
    {
        var start = Environment.CpuUsage.TotalTime;
        work();
        return Environment.CpuUsage.TotalTime - start;
    }

    /// <summary>The reference's packets a second, and how many of its answers are others.</summary>
    /// <remarks>
    /// It is asked once for packets that are the same, of which a trace has many. Packets that routing loses before the
    /// chain are passed by, and do not count.
    /// </remarks>
    private static (double Rate, int Compared, int Differences) Compare(ClassBenchSet set, ChainClassifier classifier, int[] found, int count)
    {
        var rules = set.Compilation.GetRuleset(set.Rules.Family) ?? throw new InvalidOperationException();
        var reference = new ReferenceEvaluator(rules, new HostFacts());
        var known = new Dictionary<Packet, string>();
        var (compared, differences) = (0, 0);
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < set.Packets.Count && compared < count; i++)
        {
            if (!known.TryGetValue(set.Packets[i], out var expected))
            {
                known.Add(set.Packets[i], expected = reference.Trace(set.Packets[i])[0]);
            }
            if (expected != "lost")
            {
                compared++;
                differences += expected == Describe(classifier, found[i]) ? 0 : 1;
            }
        }
        return (known.Count / (Environment.CpuUsage.TotalTime - start).TotalSeconds, compared, differences);
    }

    /// <summary>How many answers are not the first filter that matches.</summary>
    private static int CompareFilters(ClassBenchSet set, FilterScan filters, ChainClassifier classifier, int[] found, int count)
    {
        var known = new Dictionary<Packet, int>();
        var differences = 0;
        for (var i = 0; i < count; i++)
        {
            if (!known.TryGetValue(set.Packets[i], out var expected))
            {
                known.Add(set.Packets[i], expected = filters.Find(set.Packets[i]));
            }
            differences += found[i] != BoxSearch.None && RuleNumber(classifier, found[i]) == expected ? 0 : 1;
        }
        return differences;
    }

    private static int RuleNumber(ChainClassifier classifier, int found)
    {
        var entry = classifier.Entries[found];
        return entry.Table.Rows[entry.RowIndex].RuleNumber;
    }

    private static string Describe(ChainClassifier classifier, int found) => found == BoxSearch.None
        ? "FORWARD FORWARD policy"
        : string.Create(CultureInfo.InvariantCulture, $"FORWARD FORWARD#{RuleNumber(classifier, found)}");
}
