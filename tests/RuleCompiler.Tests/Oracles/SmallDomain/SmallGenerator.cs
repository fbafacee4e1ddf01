using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Generators;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Draws small dumps that are full of rules in each other's way.</summary>
internal sealed class SmallGenerator
{
    private const int MostPackets = 2_500;

    private static readonly (Hook[] Hooks, TableKind[] Tables)[] Scenes =
    [
        ([Hook.Output], [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter]),
        ([Hook.Output], [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter, TableKind.Security]),
        ([Hook.Output], [TableKind.Nat, TableKind.Filter]),
        ([Hook.Output], [TableKind.Nat, TableKind.Filter]),
        ([Hook.Output], [TableKind.Filter]),
        ([Hook.Prerouting], [TableKind.Raw, TableKind.Mangle, TableKind.Nat]),
        ([Hook.Prerouting], [TableKind.Mangle, TableKind.Nat]),
        ([Hook.Input], [TableKind.Mangle, TableKind.Filter, TableKind.Nat, TableKind.Security]),
        ([Hook.Input], [TableKind.Filter]),
        ([Hook.Forward], [TableKind.Mangle, TableKind.Filter, TableKind.Security]),
        ([Hook.Input, Hook.Forward], [TableKind.Filter]),
        ([Hook.Input, Hook.Forward, Hook.Output], [TableKind.Mangle, TableKind.Filter]),
        ([Hook.Postrouting], [TableKind.Mangle, TableKind.Nat]),
        ([Hook.Prerouting, Hook.Output, Hook.Postrouting], [TableKind.Nat, TableKind.Mangle]),
        ([Hook.Output, Hook.Postrouting], [TableKind.Nat, TableKind.Mangle]),
        ([Hook.Prerouting, Hook.Output], [TableKind.Raw, TableKind.Nat]),
        ([Hook.Prerouting, Hook.Input, Hook.Forward, Hook.Output, Hook.Postrouting], [TableKind.Mangle]),
    ];

    /// <summary>Whole ways through a machine.</summary>
    private static readonly (Hook[] Hooks, TableKind[] Tables)[] Journeys =
    [
        ([Hook.Prerouting, Hook.Input, Hook.Forward, Hook.Postrouting], [TableKind.Mangle, TableKind.Nat, TableKind.Filter]),
        ([Hook.Prerouting, Hook.Forward, Hook.Postrouting], [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter]),
        ([Hook.Prerouting, Hook.Input], [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter, TableKind.Security]),
        ([Hook.Output, Hook.Postrouting], [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter]),
        ([Hook.Output, Hook.Postrouting, Hook.Prerouting, Hook.Input], [TableKind.Raw, TableKind.Mangle, TableKind.Nat, TableKind.Filter]),
    ];

    private static readonly SmallFields[][] FieldChoices =
    [
        [SmallFields.Protocol, SmallFields.DestinationPort],
        [SmallFields.Protocol, SmallFields.DestinationPort, SmallFields.SourcePort],
        [SmallFields.Protocol, SmallFields.Flags], [SmallFields.Protocol, SmallFields.IcmpType],
        [SmallFields.Source], [SmallFields.Destination], [SmallFields.In], [SmallFields.Out],
        [SmallFields.Uid], [SmallFields.Uid, SmallFields.Gid], [SmallFields.State], [SmallFields.Mark],
        [SmallFields.ConnectionMark, SmallFields.Mark], [SmallFields.ConnectionMark],
    ];

    private readonly Draw _draw;
    private readonly SmallTests _tests;
    private readonly SmallTargets _targets;
    private readonly Hook[] _hooks;
    private readonly TableKind[] _tables;
    private readonly Family _family;

    private SmallGenerator(int seed, (Hook[] Hooks, TableKind[] Tables)[] scenes)
    {
        _draw = new Draw(seed);
        (_hooks, var tables) = _draw.Pick(scenes);
        _tables = [.. _draw.Some(_draw.Pick(1, 2, 2, 3, 4), tables)];
        _family = _draw.Chance(20) ? Family.IPv6 : Family.IPv4;
        var fields = Fields();
        _tests = new SmallTests(_draw, fields, hasUnknowns: _draw.Chance(30));
        _targets = new SmallTargets(_draw, fields);
    }

    /// <summary>The dump of a seed.</summary>
    public static SmallDump Dump(int seed) => Dump(new SmallGenerator(seed, Scenes));

    /// <summary>The dump of a seed that speaks of all hooks on some way through a machine.</summary>
    public static SmallDump Journey(int seed) => Dump(new SmallGenerator(seed, Journeys)) with { Family = Family.IPv4 };

    private static SmallDump Dump(SmallGenerator generator) =>
        new([.. generator._tables.SelectMany(generator.Table)]) { Family = generator._family };

    private SmallFields Fields()
    {
        var fields = _tables.Contains(TableKind.Nat) ? SmallFields.State | SmallFields.Protocol | SmallFields.DestinationPort
            : _tables.Contains(TableKind.Raw) ? SmallFields.State
            : SmallFields.None;
        foreach (var choice in _draw.Some(_draw.Between(1, 4), FieldChoices).OrderBy(_ => _draw.Between(0, 99)))
        {
            var more = choice.Aggregate(fields, (all, field) => all | field);
            if (SmallPackets.Count(more) <= MostPackets)
            {
                fields = more;
            }
        }
        return fields;
    }

    private IEnumerable<SmallChain> Table(TableKind table)
    {
        var hooks = _hooks.Where(hook => SmallWorld.TablesAt(hook).Contains(table)).ToArray();
        var users = Enumerable.Range(0, _draw.Pick(0, 0, 1, 2, 3)).Select(number => $"{(char)('A' + number)}{table.Name()[0]}").ToArray();
        foreach (var hook in hooks)
        {
            yield return Chain(table, hook.Name(), hook, new SmallPlace(table, hooks, users));
        }
        for (var index = 0; index < users.Length; index++)
        {
            // Calls lead down the list only, so there is no loop.
            yield return Chain(table, users[index], null, new SmallPlace(table, hooks, users[(index + 1)..], IsUsers: true));
        }
    }

    private SmallChain Chain(TableKind table, string name, Hook? hook, SmallPlace place)
    {
        var rules = new List<SmallRule>();
        var count = _draw.Chance(hook is null ? 15 : 5) ? 0 : _draw.Between(1, hook is null ? 4 : 6);
        while (rules.Count < count)
        {
            rules.Add(rules.Count > 0 && _draw.Chance(35) ? Variant(_draw.Pick(rules), place) : Rule([.. _tests.Of(place)], place));
        }
        if (_draw.Chance(15))
        {
            rules.Insert(_draw.Between(0, rules.Count), Rule([], place));
        }
        if (place.Callees.Count > 0 && _draw.Chance(80))
        {
            rules.Insert(_draw.Between(0, rules.Count), SmallReader.Rule($"{string.Join(' ', _tests.Of(place))} -j {place.Callees[0]}"));
        }
        return new SmallChain(table, name, hook, table != TableKind.Nat && hook is not null && _draw.Chance(35), [.. rules]);
    }

    private SmallRule Rule(string[] tests, SmallPlace place) =>
        SmallReader.Rule(string.Join(' ', tests.Append(_targets.Of(place, tests))));

    /// <summary>The same again, or with another target, or a test more.</summary>
    private SmallRule Variant(SmallRule rule, SmallPlace place)
    {
        string[] tests = [.. rule.Tests.Select(test => test.Text)];
        return _draw.Between(0, 3) switch
        {
            0 => SmallReader.Rule(rule.Text),
            1 => Rule(tests, place),
            _ => SmallReader.Rule(string.Join(' ', tests.Append(_tests.One(place)).Append(rule.Target.Text))),
        };
    }
}
