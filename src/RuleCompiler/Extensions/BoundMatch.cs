using System.Collections.Immutable;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions;

/// <summary>A match as a rule uses it.</summary>
internal sealed class BoundMatch(
    MatchExtension extension, RuleContext context, int nameToken, ImmutableArray<BoundOption> options)
    : BoundExtension(context, nameToken, options)
{
    public MatchExtension Extension { get; } = extension;

    public override string OptionText
    {
        get
        {
            var writer = new RuleTextWriter();
            Extension.WriteOptions(this, writer);
            return writer.ToString();
        }
    }

    /// <summary>The option as a test of one field; <see cref="Condition.Always"/> where the rule does not give it.</summary>
    public Condition Test<T>(OptionSpec<T> spec, PacketField field, AbsentField absent = AbsentField.Fails)
        where T : notnull, IFieldValue =>
        Find(spec) is { } option ? Test(((T)option.Value).ToFieldSet(), option.IsNegated, field, absent) : Condition.Always;

    /// <summary>A test of one field, negated or not.</summary>
    public static Condition Test(FieldSet set, bool isNegated, PacketField field, AbsentField absent = AbsentField.Fails) =>
        Condition.Field(
            field,
            isNegated
                ? set.Complement(PacketFieldInfo.Max(field)).WithAbsent(absent == AbsentField.HoldsIfNegated)
                : set);

    /// <summary>The whole match as something that no packet tells.</summary>
    /// <param name="isStateful">Whether it hangs on history.</param>
    public Condition Unknown(bool isStateful) => Condition.Unknown(Extension.Name, $"{Extension.Name} {OptionText}", isStateful);

    /// <summary>One option as something that no packet tells but every packet decides; negated, the opposite of the same unknown.</summary>
    public Condition UnknownTest(OptionSpec spec)
    {
        if (Find(spec) is not { } option)
        {
            return Condition.Always;
        }
        var writer = new RuleTextWriter();
        writer.Word(Extension.Name);
        spec.Write(option.Value, isNegated: false, writer);
        var unknown = Condition.Unknown(Extension.Name, writer.ToString(), isStateful: false);
        return option.IsNegated ? Condition.Not(unknown) : unknown;
    }
}
