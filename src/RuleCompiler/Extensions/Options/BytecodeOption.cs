using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A classic BPF program: the number of instructions, and four numbers for each, with commas between.</summary>
/// <remarks>Source: extensions/libxt_bpf.c, <c>bpf_parse_program</c>; at most 64 instructions (XT_BPF_MAX_NUM_INSTR).</remarks>
internal sealed class BytecodeOption(string name) : OptionSpec<string>(name)
{
    private const int MaxInstructions = 64;

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        var rest = reader.Bytes();
        var count = ScannedNumber.Take(ref rest);
        var isProgram = count is > 0 and <= MaxInstructions;
        var instructions = new List<string>();
        while (isProgram && rest is [(byte)',', _, ..])
        {
            var comma = rest[1..].IndexOf((byte)',');
            var instruction = comma < 0 ? rest[1..] : rest[1..(comma + 1)];
            rest = comma < 0 ? [] : rest[(comma + 1)..];
            var read = ReadInstruction(instruction);
            isProgram = read is not null;
            instructions.Add(read ?? "");
        }
        value = string.Create(CultureInfo.InvariantCulture, $"{count},{string.Join(',', instructions)}");
        return (isProgram && instructions.Count == (int?)count && rest.Length == rest.Count((byte)','))
            || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a BPF program such as '1,6 0 0 65535'");
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Word($"\"{value}\"");

    /// <summary>An instruction with one blank between its numbers; null where it is none. Anything may stand behind the fourth.</summary>
    /// <remarks>struct sock_filter: an operation of 16 bits, two jumps of 8, and 32 bits to work with; scanf(3) cuts larger numbers.</remarks>
    private static string? ReadInstruction(ReadOnlySpan<byte> text) =>
        ScannedNumber.Take(ref text) is { } operation && ScannedNumber.Take(ref text) is { } whenTrue
        && ScannedNumber.Take(ref text) is { } whenFalse && ScannedNumber.Take(ref text) is { } operand
            ? string.Create(CultureInfo.InvariantCulture, $"{(ushort)operation} {(byte)whenTrue} {(byte)whenFalse} {(uint)operand}")
            : null;
}
