using System.Diagnostics;

namespace RuleCompiler.Tests;

/// <summary>What a process that ended left behind.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a process to its end.</summary>
    /// <param name="start">Program, arguments, folder, environment; all three streams are redirected.</param>
    /// <param name="input">Its whole standard input.</param>
    /// <exception cref="TimeoutException">It had not ended after five minutes, and was killed.</exception>
    public static ProcessResult Of(ProcessStartInfo start, string input = "")
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Write(process.StandardInput, input);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: still running after {Limit}");
        }
        return new ProcessResult(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Runs a script by bash.</summary>
    /// <param name="script">What follows <c>bash -c</c>.</param>
    public static ProcessResult OfShell(string script) => Of(new ProcessStartInfo("bash", ["-c", script]));

    private static void Write(StreamWriter stream, string input)
    {
        try
        {
            using (stream)
            {
                stream.Write(input);
            }
        }
        catch (IOException)
        {
            // A process may end, or close its input, without reading all of it.
        }
    }
}
