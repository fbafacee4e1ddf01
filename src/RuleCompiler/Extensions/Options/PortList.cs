using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>Ports and ranges of ports, in the order given.</summary>
/// <param name="ranges">The ports.</param>
/// <param name="names">The services among them that were given by name.</param>
internal sealed class PortList(ImmutableArray<Interval> ranges, ImmutableArray<string> names) : IFieldValue
{
    /// <summary>The services given by name.</summary>
    public ImmutableArray<string> Names => names;

    public FieldSet ToFieldSet() => ranges.Length == 1 ? FieldSet.Range(ranges[0]) : FieldSet.Union(ranges);

    public override string ToString() => string.Join(
        ',',
        ranges.Select(r => r.Low == r.High
            ? ((ushort)r.Low).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(ushort)r.Low}:{(ushort)r.High}")));
}
