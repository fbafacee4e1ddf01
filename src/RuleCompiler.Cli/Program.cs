using System.Runtime.InteropServices;

namespace RuleCompiler.Cli;

/// <summary>The process: entry point, Ctrl-C, exit code.</summary>
internal static class Program
{
    /// <summary>How long a cancelled command may take to tidy up.</summary>
    private const int GraceMilliseconds = 250;

    private static int Main(string[] args)
    {
        if (args is ["--version"])
        {
            return Rulec.WriteVersion(Console.OpenStandardOutput());
        }
        using var cancellation = new CancellationTokenSource();
        using var done = new ManualResetEventSlim();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            cancellation.Cancel();
            if (!done.Wait(GraceMilliseconds))
            {
                Environment.Exit(ExitCode.Cancelled); // blocked in a read that no token ends
            }
        });
        try
        {
            return Rulec.Run(args, StandardStreams.Open(), cancellation.Token);
        }
        finally
        {
            done.Set();
        }
    }
}
