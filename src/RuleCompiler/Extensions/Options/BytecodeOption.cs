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
        value = reader.Text();
        var parts = value.Split(',', StringSplitOptions.TrimEntries);
        var isProgram = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= MaxInstructions && parts.Length == count + 1 && parts[1..].All(IsInstruction);
        return isProgram || reader.Fail(OptionDiagnostics.BadValue, value, "a BPF program such as '1,6 0 0 65535'");
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Word($"\"{value}\"");

    private static bool IsInstruction(string text)
    {
        var numbers = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 4
            && numbers.All(n => uint.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
