using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RuleCompiler.Cli;

/// <summary>The process: entry point, Ctrl-C, exit code.</summary>
internal static class Program
{
    /// <summary>How long a cancelled command may take to tidy up.</summary>
    private const int GraceMilliseconds = 250;

    private const int StandardOutput = 1;

    private static int Main(string[] args)
    {
        if (args is ["--version"])
        {
            // The bare descriptor: opening the console costs as much as all the rest of such a call.
            using var handle = new SafeFileHandle(StandardOutput, ownsHandle: false);
            using var output = new FileStream(handle, FileAccess.Write);
            return Rulec.WriteVersion(output);
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
