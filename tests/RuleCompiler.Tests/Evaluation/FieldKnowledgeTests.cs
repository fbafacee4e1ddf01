using CsCheck;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class FieldKnowledgeTests
{
    private const int Max = 63;

    private static readonly Gen<FieldSet> Sets = Gen.OneOf(
        Gen.Select(Gen.Int[0, Max], Gen.Int[0, Max], (a, b) => FieldSet.Range((UInt128)Math.Min(a, b), (UInt128)Math.Max(a, b))),
        Gen.Select(Gen.Int[0, Max], Gen.Int[0, Max], (bits, mask) => FieldSet.Masked((UInt128)(bits & mask), (UInt128)mask, 6)),
        Gen.Int[1, Max].Select(mask => FieldSet.AnyBit((UInt128)mask)));

    [Test]
    public void Knows_exactly_what_the_conditions_learnt_leave_open() =>
        Gen.Select(Gen.Int[0, Max], Gen.Int[0, Max], Gen.Select(Sets, Gen.Bool).Array[0, 5], Sets).Sample((bits, mask, learnt, asked) =>
        {
            var values = Enumerable.Range(0, Max + 1).Where(v => (v & mask) == (bits & mask)).ToList();
            FieldKnowledge? knowledge = FieldKnowledge.Bits((UInt128)bits, (UInt128)mask, Max);
            foreach (var (set, isIn) in learnt)
            {
                values.RemoveAll(v => set.Contains((UInt128)v) != isIn);
                knowledge = knowledge?.With(set, isIn);
            }
            bool? expected = values.TrueForAll(v => asked.Contains((UInt128)v)) ? true
                : values.Exists(v => asked.Contains((UInt128)v)) ? null
                : false;
            return values.Count == 0 ? knowledge is null : knowledge is not null && knowledge.IsIn(asked) == expected;
        });

    [Test]
    public void Range_knows_its_ends()
    {
        var knowledge = FieldKnowledge.Range(1024, 65535, ushort.MaxValue);

        Assert.Multiple(() =>
        {
            Assert.That(knowledge.IsIn(FieldSet.Range(0, 1023)), Is.False);
            Assert.That(knowledge.IsIn(FieldSet.Range(1024, 65535)), Is.True);
            Assert.That(knowledge.IsIn(FieldSet.Range(0, 1024)), Is.Null);
        });
    }
}
