namespace RuleCompiler.Packets;

/// <summary>A closed interval of field values.</summary>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value; not below <paramref name="Low"/>.</param>
internal readonly record struct Interval(UInt128 Low, UInt128 High)
{
    public bool Contains(UInt128 value) => value >= Low && value <= High;
}
