namespace RuleCompiler.Packets;

/// <summary>A closed interval of field values.</summary>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value; not below <paramref name="Low"/>.</param>
internal readonly record struct Interval(UInt128 Low, UInt128 High)
{
    public bool Contains(UInt128 value) => value >= Low && value <= High;

    /// <summary>What is left of it without the values of another: none, one or two intervals.</summary>
    public IEnumerable<Interval> Without(Interval other)
    {
        if (other.High < Low || other.Low > High)
        {
            yield return this;
            yield break;
        }
        if (other.Low > Low)
        {
            yield return this with { High = other.Low - 1 };
        }
        if (other.High < High)
        {
            yield return this with { Low = other.High + 1 };
        }
    }
}
