using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>What a match means: a Boolean function of a packet's fields, of sets, and of what no packet tells.</summary>
/// <remarks>Extensions make conditions; evaluator, packet space and printers read them. None asks an extension again.</remarks>
internal abstract class Condition
{
    private Condition()
    {
    }

    public static Condition Always { get; } = new AlwaysCondition();

    public static Condition Never { get; } = new NeverCondition();

    public static Condition Field(PacketField field, FieldSet set) => set.IsEmpty ? Never : new FieldCondition(field, set);

    /// <summary>All of <paramref name="parts"/>; nested ones are flattened.</summary>
    public static Condition AllOf(params ReadOnlySpan<Condition> parts)
    {
        var count = 0;
        var single = Always;
        foreach (var part in parts)
        {
            switch (part)
            {
                case NeverCondition:
                    return Never;
                case AlwaysCondition:
                    break;
                case AllOfCondition all:
                    (count, single) = (count + all.Parts.Length, all);
                    break;
                default:
                    (count, single) = (count + 1, part);
                    break;
            }
        }
        if (count <= 1 || (single is AllOfCondition whole && whole.Parts.Length == count))
        {
            return single;
        }
        var flat = ImmutableArray.CreateBuilder<Condition>(count);
        foreach (var part in parts)
        {
            if (part is AllOfCondition all)
            {
                flat.AddRange(all.Parts);
            }
            else if (part is not AlwaysCondition)
            {
                flat.Add(part);
            }
        }
        return new AllOfCondition(flat.MoveToImmutable());
    }

    /// <summary>At least one of <paramref name="parts"/>; nested ones are flattened.</summary>
    public static Condition AnyOf(params ReadOnlySpan<Condition> parts)
    {
        var flat = ImmutableArray.CreateBuilder<Condition>(parts.Length);
        foreach (var part in parts)
        {
            switch (part)
            {
                case AlwaysCondition:
                    return Always;
                case NeverCondition:
                    break;
                case AnyOfCondition any:
                    flat.AddRange(any.Parts);
                    break;
                default:
                    flat.Add(part);
                    break;
            }
        }
        return flat.Count switch
        {
            0 => Never,
            1 => flat[0],
            _ => new AnyOfCondition(flat.DrainToImmutable()),
        };
    }

    /// <summary>The plain opposite: holds exactly where <paramref name="condition"/> does not, absent fields included.</summary>
    public static Condition Not(Condition condition) => condition switch
    {
        AlwaysCondition => Never,
        NeverCondition => Always,
        NotCondition not => not.Operand,
        FieldCondition f => Field(f.TestedField, f.Set.Complement(PacketFieldInfo.Max(f.TestedField))),
        _ => new NotCondition(condition),
    };

    public static Condition Member(string setName, ImmutableArray<SetDimension> dimensions, string text) =>
        new MemberCondition(setName, dimensions, text);

    /// <param name="name">The extension's name, which an assumption names: <c>limit</c>.</param>
    /// <param name="text">The options as printed: what makes two stateless unknowns the same.</param>
    /// <param name="isStateful">Whether it hangs on history: then it is its own variable for each rule and passage.</param>
    /// <param name="told">A field that is 1 or 0 where a single packet does tell it.</param>
    public static Condition Unknown(string name, string text, bool isStateful, PacketField? told = null) =>
        new UnknownCondition(name, text, isStateful, told);

    internal sealed class AlwaysCondition : Condition;

    internal sealed class NeverCondition : Condition;

    internal sealed class FieldCondition(PacketField field, FieldSet set) : Condition
    {
        public PacketField TestedField { get; } = field;

        public FieldSet Set { get; } = set;
    }

    internal sealed class AllOfCondition(ImmutableArray<Condition> parts) : Condition
    {
        public ImmutableArray<Condition> Parts { get; } = parts;
    }

    internal sealed class AnyOfCondition(ImmutableArray<Condition> parts) : Condition
    {
        public ImmutableArray<Condition> Parts { get; } = parts;
    }

    internal sealed class NotCondition(Condition operand) : Condition
    {
        public Condition Operand { get; } = operand;
    }

    /// <summary>The packet's value of the dimensions is a member of an ipset; unknown where the host does not tell its members.</summary>
    internal sealed class MemberCondition(string setName, ImmutableArray<SetDimension> dimensions, string text) : Condition
    {
        /// <summary>Whether rules change the set, so that what it holds hangs on what came before, of this packet's way too.</summary>
        public bool IsChanging { get; private init; }

        /// <summary>The sets that rules change, of which this one may be a list, or be in one; null for none.</summary>
        public IReadOnlySet<string>? ChangedSets { get; private init; }

        public string SetName { get; } = setName;

        /// <summary>One for each <c>src</c> or <c>dst</c> of the direction list.</summary>
        public ImmutableArray<SetDimension> Dimensions { get; } = dimensions;

        /// <summary>The options as printed.</summary>
        public string Text { get; } = text;

        /// <summary>The same of a set that rules change.</summary>
        public MemberCondition AsChanging() => new(SetName, Dimensions, Text) { IsChanging = true };

        /// <summary>The same among rules that change some sets.</summary>
        public MemberCondition Beside(IReadOnlySet<string> changedSets) =>
            changedSets.Contains(SetName) ? AsChanging() : new(SetName, Dimensions, Text) { ChangedSets = changedSets };
    }

    internal sealed class UnknownCondition(string name, string text, bool isStateful, PacketField? told) : Condition
    {
        public PacketField? Told { get; } = told;

        public string Name { get; } = name;

        public string Text { get; } = text;

        public bool IsStateful { get; } = isStateful;

        /// <summary>Whether the text of a <c>match</c> clause means this: with or without <c>-m</c> and the match's name.</summary>
        public bool IsCalled(string given)
        {
            var text = given.StartsWith("-m ", StringComparison.Ordinal) ? given.AsSpan(3) : given;
            var own = Text.AsSpan().TrimEnd();
            return own.EndsWith(text, StringComparison.Ordinal)
                && (text.Length == own.Length || text.Length + Name.Length + 1 == own.Length);
        }
    }
}
