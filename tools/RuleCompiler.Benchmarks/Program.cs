using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using RuleCompiler.Benchmarks;

if (args is ["classifier", var comparedPackets, .. var paths])
{
    ClassifierMeasurement.Run(paths, int.Parse(comparedPackets, CultureInfo.InvariantCulture));
    return;
}

// In this process: a generated project would inherit this repository's build rules.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(new InProcessNoEmitToolchain(logOutput: false)));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
