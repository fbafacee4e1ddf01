using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting;

/// <summary>For each field one value of every kind that some rules tell apart.</summary>
/// <remarks>
/// Two values that the same tests take are the same to the rules, so what holds for one packet of each combination of
/// samples holds for every packet. That is exact for tests of ranges; of a bit test with holes each side has its sample.
/// </remarks>
internal sealed class FieldSamples
{
    private const int MostSets = 200;

    /// <summary>Names of which hardly any dump has rules for all.</summary>
    private static readonly string[] OtherInterfaces = ["eth0", "eth1", "eth7", "if0"];

    private readonly Family _family;
    private readonly Dictionary<PacketField, HashSet<FieldSet>> _sets = [];

    private FieldSamples(Family family) => _family = family;

    /// <summary>Whether a field has more tests than are looked at, so that some kinds may have no sample.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The samples for the rows of some chains.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="chains">Indices of the chains whose tests count, the most important first.</param>
    public static FieldSamples Of(CompiledRuleset rules, IEnumerable<int> chains)
    {
        var samples = new FieldSamples(rules.Family);
        var isSeen = new bool[rules.Predicates.Length];
        foreach (var chain in chains)
        {
            samples.AddTests(rules, rules.Tables[chain].Rows, isSeen);
        }
        return samples;
    }

    /// <summary>Whether any rule asks for the field.</summary>
    public bool IsTested(PacketField field) => _sets.ContainsKey(field);

    /// <summary>One value of each kind.</summary>
    /// <param name="field">The field.</param>
    /// <param name="preferred">Values to take where they are of a kind; a kind's first one is taken.</param>
    /// <param name="isPossible">Values that can be.</param>
    public IReadOnlyList<UInt128> Of(PacketField field, IEnumerable<UInt128> preferred, Func<UInt128, bool>? isPossible = null)
    {
        var sets = _sets.TryGetValue(field, out var known) ? known.ToArray() : [];
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var samples = new List<UInt128>();
        foreach (var value in preferred.Concat(sets.SelectMany(set => Edges(field, set))))
        {
            if (isPossible?.Invoke(value) != false && kinds.Add(KindOf(value, sets)))
            {
                samples.Add(value);
            }
        }
        return samples;
    }

    /// <summary>The same for interfaces, one that no rule names among them.</summary>
    public IReadOnlyList<string> InterfacesOf(PacketField field, IEnumerable<string> preferred) =>
        [.. Of(field, preferred.Concat(OtherInterfaces).Select(InterfaceName.Pack), IsName).Select(InterfaceName.Unpack)];

    /// <summary>Whether some rule asks for the value alone, or for a range or network that holds it but not most values.</summary>
    public bool IsNamed(PacketField field, UInt128 value) => _sets.TryGetValue(field, out var sets)
        && sets.Any(set => set.IsMasked || (set.Contains(value) && !IsMost(field, set)));

    private void AddTests(CompiledRuleset rules, Row[] rows, bool[] isSeen)
    {
        foreach (ref readonly var row in rows.AsSpan())
        {
            foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
            {
                if (!isSeen[reference >> 1])
                {
                    isSeen[reference >> 1] = true;
                    Add(rules.Predicates[reference >> 1].Condition);
                }
            }
        }
    }

    private void Add(Condition condition)
    {
        switch (condition)
        {
            case Condition.FieldCondition field:
                var sets = _sets.TryGetValue(field.TestedField, out var known) ? known : _sets[field.TestedField] = [];
                if (sets.Count < MostSets)
                {
                    sets.Add(field.Set);
                }
                else if (!sets.Contains(field.Set))
                {
                    IsPartial = true;
                }
                break;
            case Condition.AllOfCondition all:
                foreach (var part in all.Parts)
                {
                    Add(part);
                }
                break;
            case Condition.AnyOfCondition any:
                foreach (var part in any.Parts)
                {
                    Add(part);
                }
                break;
            case Condition.NotCondition not:
                Add(not.Operand);
                break;
            default:
                break;
        }
    }

    /// <summary>First and last values of the set, and their neighbours outside of it.</summary>
    private IEnumerable<UInt128> Edges(PacketField field, FieldSet set)
    {
        if (set.IsMasked)
        {
            return [set.Bits, set.Bits ^ (set.Mask & (~set.Mask + 1))];
        }
        var max = MaxOf(field);
        return set.Ranges.SelectMany(range => EdgesOf(field, range, max)).Where(value => value <= max);
    }

    private static IEnumerable<UInt128> EdgesOf(PacketField field, Interval range, UInt128 max)
    {
        if (field is PacketField.InInterface or PacketField.OutInterface or PacketField.PhysicalIn or PacketField.PhysicalOut)
        {
            // Of a wildcard a name with something behind the prefix.
            var name = InterfaceName.Unpack(range.Low);
            return range.Low == range.High ? [range.Low] : [InterfaceName.Pack($"{name}0"), range.Low];
        }
        var isNetwork = field is PacketField.Source or PacketField.Destination && range.High - range.Low > 1;
        return
        [
            isNetwork ? range.Low + UInt128.Min(9, range.High - range.Low - 1) : range.Low,
            range.High,
            .. range.Low > 0 ? [range.Low - 1] : Array.Empty<UInt128>(),
            .. range.High < max ? [range.High + 1] : Array.Empty<UInt128>(),
        ];
    }

    private UInt128 MaxOf(PacketField field) => _family == Family.IPv4
        && field is PacketField.Source or PacketField.Destination ? uint.MaxValue : PacketFieldInfo.Max(field);

    private bool IsMost(PacketField field, FieldSet set) =>
        set.Ranges.Any(range => range.High - range.Low > MaxOf(field) / 2);

    private static bool IsName(UInt128 value) => value != 0 && InterfaceName.Unpack(value) is var name
        && InterfaceName.Pack(name) == value && name.All(c => c is > ' ' and < (char)127);

    private static string KindOf(UInt128 value, FieldSet[] sets) =>
        string.Create(sets.Length, (value, sets), static (kind, state) =>
        {
            for (var i = 0; i < kind.Length; i++)
            {
                kind[i] = state.sets[i].Contains(state.value) ? '1' : '0';
            }
        });
}
