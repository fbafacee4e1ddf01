using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Lowering;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Binding;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Packets;

namespace RuleCompiler.Tests.Lowering;

internal sealed class LowererTests
{
    private const int AssignmentsPerDump = 40;

    /// <summary>Tests that the random dumps draw seldom or never.</summary>
    private const string MoreRules = """
        *filter
        :U - [0:0]
        -A U ! -s 10.0.0.1/255.0.0.255 -d 0.0.0.1/0.0.0.255
        -A U -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN --tcp-option 8
        -A U -p tcp -m tcp ! --tcp-option 200
        -A U -p udp -m multiport ! --ports 53,67:68,1024:65535
        -A U -m conntrack ! --ctstate NEW,DNAT -m conntrack --ctstatus ASSURED
        -A U -m limit --limit 5/min -m string --algo bm --string x
        -A U -m set ! --match-set s src,dst -m geoip --source-country NO
        -A U -m addrtype ! --src-type LOCAL --dst-type UNICAST,BROADCAST
        -A U -m mark ! --mark 0x10/0xf0 -m connmark ! --mark 0x1
        -A U -m owner ! --uid-owner 0-10 ! --gid-owner 5
        -A U -m owner --gid-owner 5 --suppl-groups
        -A U -p icmp -m icmp ! --icmp-type 3/1
        -A U -f -m length ! --length 0:99 -m ttl --ttl-gt 3 -m dscp ! --dscp 0x2e -m tos --tos 0x10/0x3f
        -A U -i eth+ ! -o eth0 -m physdev ! --physdev-in br+ -m pkttype ! --pkt-type unicast
        -A U -m iprange ! --src-range 10.0.0.5-10.0.0.9 -m mac ! --mac-source 02:00:00:00:00:01
        COMMIT
        """;

    [Test]
    public void Rows_hold_exactly_where_the_conditions_of_their_rules_do([Range(1, 30)] int seed)
    {
        var drawn = RandomCase.FromSeed(seed);
        Compare(BoundDump.Bind(drawn.Dump, drawn.IsV6 ? Family.IPv6 : Family.IPv4, Options(drawn.IsV6)), new Random(seed));
    }

    [Test]
    public void Rows_hold_exactly_where_conditions_do_for_rarer_tests([Range(1, 10)] int seed) =>
        Compare(BoundDump.Bind(MoreRules), new Random(seed));

    [Test]
    public void Base_chains_are_found_by_table_and_hook()
    {
        var ruleset = Lowerer.Lower(
            BoundDump.Bind("*nat\n:OUTPUT DROP [0:0]\nCOMMIT\n*filter\n-A FORWARD -j DROP\nCOMMIT\n"), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(ruleset.FindBaseChain(TableKind.Nat, Hook.Output)?.Chain.PolicyDrops, Is.True);
            Assert.That(ruleset.FindBaseChain(TableKind.Filter, Hook.Forward)?.Rows, Has.Length.EqualTo(1));
            Assert.That(ruleset.FindBaseChain(TableKind.Filter, Hook.Output), Is.Null);
            Assert.That(ruleset.FindBaseChain(TableKind.Raw, Hook.Output), Is.Null);
        });
    }

    private static CompilationOptions Options(bool isV6) => new() { Family = isV6 ? Family.IPv6 : Family.IPv4 };

    private static void Compare(BoundRuleset bound, Random random)
    {
        var lowered = Lowerer.Lower(bound, CancellationToken.None);
        var values = lowered.Predicates.SelectMany(predicate => EdgesOf(predicate.Condition)).ToLookup(edge => edge.Field, edge => edge.Value);
        Assert.Multiple(() =>
        {
            for (var n = 0; n < AssignmentsPerDump; n++)
            {
                var packet = Assign(values, random);
                foreach (var chain in bound.Chains)
                {
                    var rows = lowered.Tables[chain.Symbol.Index].Rows.ToDictionary(row => row.RuleNumber);
                    foreach (var rule in chain.Rules)
                    {
                        Assert.That(
                            rows.TryGetValue(rule.Number, out var row) && Holds(lowered, row, packet),
                            Is.EqualTo(Holds(rule, packet)),
                            () => $"{chain.Symbol} {rule.Number}: {RuleText.Of(rule)}");
                    }
                }
            }
        });
    }

    private static bool Holds(BoundRule rule, FieldAssignment packet) =>
        rule.Matches.All(match => packet.Holds(match.Extension.Lower(match)))
        && rule.UnknownOptions.All(option => packet.Holds(Condition.Unknown(option.Name, option.Text, isStateful: true)));

    /// <summary>References with their signs, by class where the predicate is classified.</summary>
    private static bool Holds(CompiledRuleset ruleset, Row row, FieldAssignment packet)
    {
        foreach (var reference in ruleset.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            if (Holds(ruleset, ruleset.Predicates[reference >> 1], packet) == ((reference & 1) != 0))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Holds(CompiledRuleset ruleset, Predicate predicate, FieldAssignment packet)
    {
        if (!predicate.IsClassified || predicate.Field is not { } field)
        {
            return packet.Holds(predicate.Condition);
        }
        return packet.ValueOf(field) is not { } value ? predicate.HoldsWhenAbsent
            : ruleset.Classifiers[(int)field]?.Classify(value) is { } c && c >= predicate.LowClass && c <= predicate.HighClass;
    }

    /// <summary>A value for each field, mostly at the edges of the sets that rules ask for, or none.</summary>
    private static FieldAssignment Assign(ILookup<PacketField, UInt128> edges, Random random)
    {
        var values = Enum.GetValues<PacketField>().ToDictionary(field => field, field => Draw(field, [.. edges[field]], random));
        var seed = random.Next();
        return new FieldAssignment(field => values[field], text => HashCode.Combine(seed, text.Length, text[^1]) % 2 == 0);
    }

    private static UInt128? Draw(PacketField field, UInt128[] edges, Random random) => random.Next(10) switch
    {
        0 when !PacketFieldInfo.IsAlwaysPresent(field) => null,
        < 9 when edges.Length > 0 => edges[random.Next(edges.Length)],
        _ => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) & PacketFieldInfo.Max(field),
    };

    private static IEnumerable<(PacketField Field, UInt128 Value)> EdgesOf(Condition condition) => condition switch
    {
        Condition.FieldCondition { Set.IsMasked: true } field =>
            [(field.TestedField, field.Set.Bits), (field.TestedField, field.Set.Mask), (field.TestedField, 0)],
        Condition.FieldCondition field => field.Set.Ranges
            .SelectMany(range => new[] { range.Low - 1, range.Low, range.High, range.High + 1 })
            .Where(value => value <= PacketFieldInfo.Max(field.TestedField))
            .Select(value => (field.TestedField, value)),
        Condition.NotCondition not => EdgesOf(not.Operand),
        Condition.AllOfCondition all => all.Parts.SelectMany(EdgesOf),
        Condition.AnyOfCondition any => any.Parts.SelectMany(EdgesOf),
        _ => [],
    };
}
