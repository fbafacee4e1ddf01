using BenchmarkDotNet.Attributes;
using RuleCompiler.Text;

namespace RuleCompiler.Benchmarks;

/// <summary>What it costs to take an input in: its lines are found.</summary>
[MemoryDiagnoser]
public class SourceTextBenchmarks
{
    private byte[] _bytes = [];

    [Params(1_000, 100_000)]
    public int RuleCount { get; set; }

    [GlobalSetup]
    public void Generate() => _bytes = GeneratedDump.Flat(RuleCount);

    [Benchmark]
    public int Lines() => SourceText.From(_bytes).LineCount;
}
