using System.Diagnostics;
using System.Globalization;
using RuleCompiler.Fuzz;

// RuleCompiler.Fuzz COUNT SEED FOLDER...: so many inputs made of the dumps below the folders. Figures go to the output, what
// breaks to fuzz-SEED-NUMBER.input; exit 1 at the first that does.
if (args.Length < 3
    || !long.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
    || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
{
    Console.Error.WriteLine("usage: RuleCompiler.Fuzz COUNT SEED FOLDER...");
    return 2;
}
var corpus = SeedCorpus.Read(args[2..]);
if (corpus.Sections.Count == 0)
{
    Console.Error.WriteLine("the folders hold no dumps");
    return 2;
}
var mutator = new InputMutator(corpus, seed);
var trial = new Trial();
var watchdog = new Watchdog(TimeSpan.FromSeconds(60), number => Keep(number, mutator.Make(number)));
watchdog.Start();
var (bytes, slowest) = (0L, TimeSpan.Zero);
var watch = Stopwatch.StartNew();
for (var number = 0L; number < count; number++)
{
    var input = mutator.Make(number);
    bytes += input.Length;
    watchdog.Begin(number);
    var start = watch.Elapsed;
    var broken = Try(input);
    slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, (watch.Elapsed - start).Ticks));
    if (broken is not null)
    {
        Console.Error.WriteLine($"{Keep(number, input)}: {broken}");
        return 1;
    }
    if ((number + 1) % 100_000 == 0 || number + 1 == count)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{number + 1} inputs, {bytes >> 20} MiB, {trial.CompiledCount} without error, {trial.TraceCount} traces, "
            + $"slowest {slowest.TotalMilliseconds:F0} ms, {Environment.WorkingSet >> 20} MiB in use, {watch.Elapsed.TotalSeconds:F0} s"));
    }
}
return 0;

string? Try(byte[] input)
{
    try
    {
        return trial.FindBroken(input);
    }
    catch (Exception exception) when (exception is not OutOfMemoryException)
    {
        return exception.ToString();
    }
}

string Keep(long number, byte[] input)
{
    var path = string.Create(CultureInfo.InvariantCulture, $"fuzz-{seed}-{number}.input");
    File.WriteAllBytes(path, input);
    return path;
}
