namespace RuleCompiler.PacketSpaces;

/// <summary>Steps that a question may cost.</summary>
internal sealed class StepBudget
{
    private readonly long _steps;
    private long _left;

    /// <param name="steps">How many.</param>
    public StepBudget(long steps) => _left = _steps = steps;

    /// <summary>Begins another question.</summary>
    public void Reset() => _left = _steps;

    /// <summary>Spends one.</summary>
    /// <exception cref="OutOfStepsException">There is none left.</exception>
    public void Spend()
    {
        if (--_left < 0)
        {
            throw new OutOfStepsException();
        }
    }
}
