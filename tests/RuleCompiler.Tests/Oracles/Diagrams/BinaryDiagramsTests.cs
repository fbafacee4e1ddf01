using CsCheck;
using NUnit.Framework;

namespace RuleCompiler.Tests.Oracles.Diagrams;

internal sealed class BinaryDiagramsTests
{
    private const int Width = 6;
    private const int Size = 1 << Width;

    private static readonly Gen<(int Low, int High)[]> Ranges =
        Gen.Select(Gen.Int[0, Size - 1], Gen.Int[0, Size - 1], (one, other) => (Math.Min(one, other), Math.Max(one, other))).Array[0, 4];

    [Test]
    public void Sets_of_numbers_are_what_they_are_bit_by_bit() => Gen.Select(Ranges, Ranges).Sample((left, right) =>
    {
        var diagrams = new BinaryDiagrams();
        int Set((int Low, int High)[] ranges) => ranges.Aggregate(
            BinaryDiagrams.Nothing, (all, range) => diagrams.Or(all, diagrams.Range(0, Width, (UInt128)range.Low, (UInt128)range.High)));
        bool Has(int set, int number) => diagrams.And(set, diagrams.Range(0, Width, (UInt128)number, (UInt128)number)) != BinaryDiagrams.Nothing;
        bool In((int Low, int High)[] ranges, int number) => ranges.Any(range => number >= range.Low && number <= range.High);

        var (one, other) = (Set(left), Set(right));
        var isSame = Enumerable.Range(0, Size).All(number => In(left, number) == In(right, number));
        return (one == other) == isSame && Enumerable.Range(0, Size).All(number =>
            Has(one, number) == In(left, number)
            && Has(diagrams.Not(one), number) != In(left, number)
            && Has(diagrams.And(one, other), number) == (In(left, number) && In(right, number))
            && Has(diagrams.Without(one, other), number) == (In(left, number) && !In(right, number)));
    });
}
