using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.DecisionTables;

/// <summary>Prints a condition as decision tables show it; <c>?</c> stands before what no packet tells.</summary>
internal static class ConditionText
{
    public static void Write(Utf8Buffer buffer, Condition condition, bool isNegated, Family family)
    {
        switch (condition)
        {
            case Condition.FieldCondition field:
                var set = isNegated ? field.Set.Complement(PacketFieldInfo.Max(field.TestedField)) : field.Set;
                var isThere = PacketFieldInfo.IsAlwaysPresent(field.TestedField);
                FieldSetText.Write(buffer, field.TestedField, isThere ? set.WithAbsent(false) : set, family);
                break;
            case Condition.NotCondition not:
                Write(buffer, not.Operand, !isNegated, family);
                break;
            case Condition.AllOfCondition all:
                WriteGroup(buffer, all.Parts, " and "u8, isNegated, family);
                break;
            case Condition.AnyOfCondition any:
                WriteGroup(buffer, any.Parts, " or "u8, isNegated, family);
                break;
            case Condition.MemberCondition member:
                WriteSign(buffer, isNegated);
                buffer.Append("set "u8);
                buffer.AppendDisplayed(member.SetName);
                for (var i = 0; i < member.Dimensions.Length; i++)
                {
                    buffer.Append(i == 0 ? (byte)' ' : (byte)',');
                    buffer.Append(member.Dimensions[i] == SetDimension.Source ? "src"u8 : "dst"u8);
                }
                break;
            case Condition.UnknownCondition unknown:
                WriteSign(buffer, isNegated);
                buffer.Append((byte)'?');
                buffer.AppendDisplayed(unknown.Text);
                break;
            case Condition.AlwaysCondition:
                buffer.Append(isNegated ? "never"u8 : "always"u8);
                break;
            case Condition.NeverCondition:
                buffer.Append(isNegated ? "always"u8 : "never"u8);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteGroup(
        Utf8Buffer buffer, ImmutableArray<Condition> parts, ReadOnlySpan<byte> separator, bool isNegated, Family family)
    {
        WriteSign(buffer, isNegated);
        buffer.Append((byte)'(');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                buffer.Append(separator);
            }
            Write(buffer, parts[i], isNegated: false, family);
        }
        buffer.Append((byte)')');
    }

    private static void WriteSign(Utf8Buffer buffer, bool isNegated)
    {
        if (isNegated)
        {
            buffer.Append((byte)'!');
        }
    }
}
