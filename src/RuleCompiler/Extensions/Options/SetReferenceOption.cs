using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A set and its directions, two arguments: <c>blocked src,dst</c>.</summary>
/// <remarks>Source: extensions/libxt_set.h, <c>parse_dirs</c>; include/uapi/linux/netfilter/ipset/ip_set.h.</remarks>
internal sealed class SetReferenceOption(string name) : OptionSpec<SetReference>(name)
{
    private const int MaxNameBytes = 31;
    private const int MaxDimensions = 6;

    public override int ValueCount => 2;

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out SetReference? value)
    {
        value = null;
        var nameBytes = reader.Bytes().Length;
        if (nameBytes > MaxNameBytes)
        {
            return reader.Fail(
                OptionDiagnostics.TextTooLong,
                nameBytes.ToString(CultureInfo.InvariantCulture),
                MaxNameBytes.ToString(CultureInfo.InvariantCulture));
        }
        var dimensions = ImmutableArray.CreateBuilder<SetDimension>();
        foreach (var word in reader.Text(1).Split(','))
        {
            SetDimension? dimension = word switch
            {
                "src" => SetDimension.Source,
                "dst" => SetDimension.Destination,
                _ => null,
            };
            if (dimension is null || dimensions.Count == MaxDimensions)
            {
                return reader.FailAt(1, OptionDiagnostics.BadValue, reader.Text(1), "a list of 1 to 6 times 'src' or 'dst'");
            }
            dimensions.Add(dimension.Value);
        }
        value = new SetReference(reader.Text(), dimensions.ToImmutable());
        return true;
    }

    protected override void WriteValue(SetReference value, RuleTextWriter writer)
    {
        writer.Bare(value.Name);
        writer.Word(value.Directions);
    }
}
