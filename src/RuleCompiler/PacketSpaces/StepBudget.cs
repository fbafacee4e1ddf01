namespace RuleCompiler.PacketSpaces;

/// <summary>Steps that a question may cost.</summary>
/// <param name="steps">How many.</param>
internal sealed class StepBudget(long steps)
{
    private long _left = steps;

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
