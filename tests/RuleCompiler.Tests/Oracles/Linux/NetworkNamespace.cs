using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>A network namespace made for one thread: rules, addresses and packets in it touch nothing else.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private readonly int _descriptor;

    private NetworkNamespace(int descriptor) => _descriptor = descriptor;

    /// <summary>The path by which commands of this process' children can name the namespace.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_descriptor}";

    /// <summary>Runs work on a thread of its own, on one processor, and waits for it.</summary>
    /// <remarks>
    /// One processor, since packets handed over within it keep their order; a thread of its own, since
    /// namespace and file user belong to a thread and a pooled one would carry them elsewhere.
    /// </remarks>
    public static T RunOnOwnThread<T>(Func<T> work)
    {
        var result = default(T);
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var mask = 1UL << (Libc.CurrentProcessor() & 63);
                Libc.Check(Libc.SetAffinity(0, sizeof(ulong), mask), "sched_setaffinity");
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>Makes a namespace; the calling thread is in it afterwards.</summary>
    public static NetworkNamespace CreateAndEnter()
    {
        Libc.Check(Libc.Unshare(Libc.NewNetworkNamespace), "unshare");
        return new NetworkNamespace(Libc.Check(Libc.Open("/proc/thread-self/ns/net", CloseOnExec), "open namespace"));
    }

    /// <summary>Moves the calling thread, and the commands it starts from now on, into this namespace.</summary>
    public void Enter() => Libc.Check(Libc.EnterNamespace(_descriptor, Libc.NewNetworkNamespace), "setns");

    /// <summary>Runs a command in the calling thread's namespace.</summary>
    /// <exception cref="IOException">It failed; the message has what it wrote to standard error.</exception>
    public static void Run(string command, IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new IOException($"{command} did not start");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{command} {string.Join(' ', start.ArgumentList)}: {complaint}\n{input}");
        }
    }

    /// <summary>Sets a kernel parameter below <c>/proc/sys/net</c> of the calling thread's namespace.</summary>
    public static void SetParameter(string name, int value) =>
        File.WriteAllText($"/proc/sys/net/{name}", $"{value}\n");

    public void Dispose() => _ = Libc.Close(_descriptor);
}
