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
        var text = reader.Text();
        var parts = text.TrimEnd(',').Split(',', StringSplitOptions.TrimEntries);
        var instructions = parts[1..].Select(TryReadInstruction).OfType<string>().ToArray();
        var isProgram = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= MaxInstructions && parts.Length == count + 1 && instructions.Length == count;
        value = string.Join(',', instructions.Prepend(parts[0]));
        return isProgram || reader.Fail(OptionDiagnostics.BadValue, text, "a BPF program such as '1,6 0 0 65535'");
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Word($"\"{value}\"");

    /// <summary>An instruction with one blank between its numbers; null where it is none.</summary>
    /// <remarks>struct sock_filter: an operation of 16 bits, two jumps of 8, and 32 bits to work with.</remarks>
    private static string? TryReadInstruction(string text)
    {
        var numbers = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 4
            && TryReadNumber(numbers[0], ushort.MaxValue) is { } operation && TryReadNumber(numbers[1], byte.MaxValue) is { } whenTrue
            && TryReadNumber(numbers[2], byte.MaxValue) is { } whenFalse && TryReadNumber(numbers[3], uint.MaxValue) is { } operand
            ? string.Create(CultureInfo.InvariantCulture, $"{operation} {whenTrue} {whenFalse} {operand}")
            : null;
    }

    private static uint? TryReadNumber(string text, uint max) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;
}
