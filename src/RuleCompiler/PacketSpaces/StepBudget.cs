namespace RuleCompiler.PacketSpaces;

/// <summary>Steps that a question may cost.</summary>
internal sealed class StepBudget
{
    private const int StepsBetweenLooks = 4096;
    private readonly long _steps;
    private readonly CancellationToken _cancellation;
    private long _left;

    /// <param name="steps">How many.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public StepBudget(long steps, CancellationToken cancellation = default)
    {
        _left = _steps = steps;
        _cancellation = cancellation;
    }

    /// <summary>As many steps again, for another thread.</summary>
    public StepBudget Share() => new(_steps, _cancellation);

    /// <summary>Begins another question.</summary>
    public void Reset() => _left = _steps;

    /// <summary>Leaves some steps only for what comes next.</summary>
    /// <param name="allBut">How many, where there are so many.</param>
    /// <returns>The others, for <see cref="TakeBack"/>.</returns>
    public long SetAside(long allBut)
    {
        var aside = Math.Max(0, _left - allBut);
        _left -= aside;
        return aside;
    }

    /// <summary>Gives steps back that were set aside.</summary>
    public void TakeBack(long aside) => _left = Math.Max(0, _left) + aside;

    /// <summary>Spends one.</summary>
    /// <exception cref="OutOfStepsException">There is none left.</exception>
    /// <exception cref="OperationCanceledException">The work is to end early.</exception>
    public void Spend()
    {
        if (--_left < 0)
        {
            throw new OutOfStepsException();
        }
        if ((_left & (StepsBetweenLooks - 1)) == 0)
        {
            _cancellation.ThrowIfCancellationRequested();
        }
    }
}
