using System.Globalization;

namespace RuleCompiler.Fuzz;

/// <summary>Ends the process where one input takes too long: nothing else could stop it.</summary>
/// <param name="limit">How long an input may take.</param>
/// <param name="keep">Keeps the input that hangs.</param>
internal sealed class Watchdog(TimeSpan limit, Action<long> keep)
{
    private long _number = -1;

    private long _startedAt;

    public void Start() => new Thread(Watch) { IsBackground = true }.Start();

    /// <summary>Says that an input is begun.</summary>
    public void Begin(long number)
    {
        Volatile.Write(ref _startedAt, Environment.TickCount64);
        Volatile.Write(ref _number, number);
    }

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(1000);
            var number = Volatile.Read(ref _number);
            if (number >= 0 && Environment.TickCount64 - Volatile.Read(ref _startedAt) > limit.TotalMilliseconds)
            {
                keep(number);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"input {number} takes over {limit.TotalSeconds} s"));
                Environment.Exit(1);
            }
        }
    }
}
