using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Binding;

/// <summary>Lists in <c>-s a,b -d c,d</c>, of which the tools make one rule for each pair, sources first.</summary>
internal sealed class AddressLists
{
    /// <summary>How many rules one line may make: beyond what anybody writes, and far from what memory holds.</summary>
    public const int MaxRules = 65_536;

    private readonly List<AddressMask> _sources = [];
    private readonly List<AddressMask> _destinations = [];

    /// <summary>How many rules the line makes.</summary>
    public long RuleCount => (long)Math.Max(1, _sources.Count) * Math.Max(1, _destinations.Count);

    public void Clear()
    {
        _sources.Clear();
        _destinations.Clear();
    }

    /// <summary>Reads the list under the reader.</summary>
    /// <returns>The first address; null after a report.</returns>
    public object? Read(OptionSpec spec, OptionReader reader)
    {
        var list = ReferenceEquals(spec, IpMatch.Source) ? _sources : _destinations;
        for (var part = 0; reader.MoveToListPart(part); part++)
        {
            if (spec.Read(reader) is not AddressMask address)
            {
                list.Clear();
                return null;
            }
            list.Add(address);
        }
        return list[0];
    }

    /// <summary>The built-in tests of each rule; null for one without any.</summary>
    public IEnumerable<BoundMatch?> Expand(ExtensionUse ip, RuleContext context)
    {
        if (ip.Options.Count == 0)
        {
            yield return null;
            yield break;
        }
        for (var s = 0; s < Math.Max(1, _sources.Count); s++)
        {
            for (var d = 0; d < Math.Max(1, _destinations.Count); d++)
            {
                if (_sources.Count > 0)
                {
                    ip.Replace(IpMatch.Source, _sources[s]);
                }
                if (_destinations.Count > 0)
                {
                    ip.Replace(IpMatch.Destination, _destinations[d]);
                }
                yield return new BoundMatch(ExtensionCatalog.Ip, context, ip.NameToken, ip.ToOptions());
            }
        }
    }
}
