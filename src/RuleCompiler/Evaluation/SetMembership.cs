using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The host's IP sets; immutable, safe to share between threads.</summary>
/// <remarks>Sources: net/netfilter/xt_set.c; net/netfilter/ipset/ip_set_core.c, <c>ip_set_test</c>; ipset(8).</remarks>
internal sealed class SetMembership
{
    private readonly Dictionary<string, IpSet> _sets = new(StringComparer.Ordinal);

    public SetMembership(HostFacts facts)
    {
        foreach (var set in facts.Sets)
        {
            if (IpSet.Create(set) is { } ready)
            {
                _sets.TryAdd(set.Name, ready);
            }
        }
    }

    /// <summary>Whether rules change what a set holds, be it by way of a set that it lists, or of a list that it is in.</summary>
    public bool IsChanging(Condition.MemberCondition member)
    {
        return member.IsChanging || (member.ChangedSets is { } changed && ListedBy(member.SetName).Any(own => changed.Any(set => ListedBy(set).Contains(own))));

        // A change of a list is one of the first set in it that takes it.
        IEnumerable<string> ListedBy(string name) => _sets.TryGetValue(name, out var set) ? set.ListedSets.Prepend(name) : [name];
    }

    /// <summary>Whether a set holds what a packet shows.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="dimensions">The direction list of the rule; one too many is ignored, with one too few nothing matches.</param>
    /// <param name="key">The packet.</param>
    /// <returns>Null where the host tells no such set, or the packet not enough: unknown.</returns>
    public bool? Contains(string set, ImmutableArray<SetDimension> dimensions, in SetKey key)
    {
        if (!_sets.TryGetValue(set, out var found))
        {
            return null;
        }
        if (dimensions.Length < found.Type.Parts.Length)
        {
            return false;
        }
        if (found.Type.Parts[0] != IpSetPart.Set)
        {
            return found.Contains(dimensions, key);
        }
        bool? result = false;
        foreach (var listed in found.ListedSets)
        {
            // A list cannot be in a list (net/netfilter/ipset/ip_set_list_set.c).
            var contains = _sets.TryGetValue(listed, out var inner)
                ? inner.Type.Parts[0] != IpSetPart.Set && dimensions.Length >= inner.Type.Parts.Length ? inner.Contains(dimensions, key) : false
                : null;
            if (contains == true)
            {
                return true;
            }
            result = contains is null ? null : result;
        }
        return result;
    }

    /// <summary>What <see cref="Contains"/> says of every packet of a family, as a condition.</summary>
    /// <returns>Null where the host tells no such set, or packets do not tell enough.</returns>
    public Condition? ConditionOf(string set, ImmutableArray<SetDimension> dimensions, Family family)
    {
        if (!_sets.TryGetValue(set, out var found))
        {
            return null;
        }
        if (found.Type.Parts[0] != IpSetPart.Set)
        {
            return dimensions.Length < found.Type.Parts.Length || (found.AddressFamily is { } own && own != family)
                ? Condition.Never : found.ConditionOf(dimensions);
        }
        var parts = new List<Condition>();
        foreach (var listed in found.ListedSets)
        {
            var part = _sets.TryGetValue(listed, out var inner) && inner.Type.Parts[0] == IpSetPart.Set
                ? Condition.Never : ConditionOf(listed, dimensions, family);
            if (part is null)
            {
                return null;
            }
            parts.Add(part);
        }
        return Condition.AnyOf([.. parts]);
    }
}
