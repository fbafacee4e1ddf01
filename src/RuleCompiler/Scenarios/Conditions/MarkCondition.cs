using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>mark 0x539</c>, <c>mark 0x4000/0x4000</c>: the packet's firewall mark in the end.</summary>
internal sealed record MarkCondition(MaskedNumber Expected) : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) =>
        MarkOf(outcome.Trace) is { } mark && (mark.Mask & Expected.Mask) == Expected.Mask
        && (mark.Value & Expected.Mask) == (Expected.Value & Expected.Mask);

    public override string Actual(TracedOutcome outcome) => MarkOf(outcome.Trace) is { } mark ? Text(mark) : "an unknown mark";

    public override string ToString() => Text(Expected);

    /// <summary>The mark after the last rule that set it; null where that hangs on what is not known.</summary>
    private static MaskedNumber? MarkOf(Trace trace)
    {
        var last = trace.Steps.SelectMany(s => s.Effects).LastOrDefault(e => e.Kind == "mark");
        return last is null ? trace.Packet.Mark : MaskedNumber.Find(last.Value);
    }

    private static string Text(MaskedNumber mark) => string.Create(
        CultureInfo.InvariantCulture,
        $"mark 0x{mark.Value:x}{(mark.Mask == uint.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $"/0x{mark.Mask:x}"))}");
}
