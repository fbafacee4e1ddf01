using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>Ports and ranges of ports, in the order given.</summary>
internal sealed class PortList(ImmutableArray<Interval> ranges) : IFieldValue
{
    public FieldSet ToFieldSet() => ranges.Length == 1 ? FieldSet.Range(ranges[0]) : FieldSet.Union(ranges);

    public override string ToString() => string.Join(
        ',',
        ranges.Select(r => r.Low == r.High
            ? ((ushort)r.Low).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(ushort)r.Low}:{(ushort)r.High}")));
}
