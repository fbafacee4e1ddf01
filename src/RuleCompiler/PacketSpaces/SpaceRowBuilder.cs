using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Targets;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.PacketSpaces;

/// <summary>Turns rows of decision tables into rows of boxes.</summary>
internal sealed class SpaceRowBuilder
{
    private const int PieceSize = 4096;

    private readonly CompiledRuleset _compiled;
    private readonly SpaceLayout _layout;
    private readonly UnknownTable _table;
    private readonly Func<ChainSymbol, int, string> _nameOf;
    private readonly ConditionBoxes _conditions;
    private readonly RuleHistory _history;
    private readonly SpaceTest[][]?[] _boxes;
    private readonly string?[] _texts;
    private readonly List<SpaceRow> _rows = [];
    private readonly List<SpaceTest> _tests;
    private readonly List<SpaceUnknown> _unknowns = [];
    private readonly ulong[] _codes;
    private readonly int[] _touched;
    private readonly SpaceTest[] _gathered;
    private readonly Dictionary<string, int> _ordinals = [];

    public SpaceRowBuilder(CompiledRuleset compiled, SpaceLayout layout, UnknownTable table, Func<ChainSymbol, int, string> nameOf)
    {
        _nameOf = nameOf;
        _compiled = compiled;
        _layout = layout;
        _table = table;
        _conditions = new ConditionBoxes(layout);
        _history = new RuleHistory(compiled);
        _boxes = new SpaceTest[][]?[2 * compiled.Predicates.Length];
        _texts = new string?[compiled.Predicates.Length];
        _tests = new List<SpaceTest>(compiled.PredicateReferences.Length);
        _codes = new ulong[layout.Count];
        _touched = new int[layout.Count];
        _gathered = new SpaceTest[layout.Count];
        FindBoxes();
    }

    public SpaceTest[] Tests => [.. _tests];

    public SpaceUnknown[] Unknowns => [.. _unknowns];

    public SpaceRow[] Build(DecisionTable table)
    {
        _rows.Clear();
        foreach (ref readonly var row in table.Rows.AsSpan())
        {
            Add(table.Chain, row);
        }
        return [.. _rows];
    }

    /// <summary>Nearly every rule is one box: its tests are gathered by dimension; where there are lists, unions are multiplied out.</summary>
    private void Add(ChainSymbol chain, in Row row)
    {
        var touched = 0;
        var firstUnknown = _unknowns.Count;
        SpaceTest[][]? union = null;
        foreach (var reference in _compiled.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            var boxes = _boxes[reference];
            if (boxes is [var box])
            {
                if (Gather(box, ref touched))
                {
                    continue;
                }
            }
            else if (boxes is not null && (union is null ? boxes : _conditions.And(union, boxes)) is { } product)
            {
                union = product;
                continue;
            }
            else if (AddUnknown(chain, row.RuleNumber, reference, firstUnknown))
            {
                continue;
            }
            Forget(touched);
            _unknowns.RemoveRange(firstUnknown, _unknowns.Count - firstUnknown);
            return;
        }
        var common = Gathered(touched);
        if (union is null && row.Kind != ActionKind.Synproxy)
        {
            AddBox(row, common, row.Kind, _rows.Count + 1, firstUnknown);
            return;
        }
        var products = _conditions.And(union ?? [[]], [[.. common]]) ?? [];
        if (row.Kind == ActionKind.Synproxy)
        {
            var opening = With(products, SynproxyTarget.Opening);
            var answer = With(products, SynproxyTarget.Answer);
            var behind = _rows.Count + opening.Length + answer.Length;
            AddBoxes(row, opening, ActionKind.Synproxy, behind, firstUnknown);
            AddBoxes(row, answer, ActionKind.Drop, behind, firstUnknown);
            return;
        }
        AddBoxes(row, products, row.Kind, _rows.Count + products.Length, firstUnknown);
    }

    private SpaceTest[][] With(SpaceTest[][] boxes, FieldSet flags) =>
        _conditions.Of(Condition.Field(PacketField.TcpFlags, flags), holds: true) is { } test ? _conditions.And(boxes, test) ?? [] : boxes;

    private void AddBoxes(in Row row, SpaceTest[][] boxes, ActionKind kind, int next, int firstUnknown)
    {
        foreach (var box in boxes)
        {
            AddBox(row, box, kind, next, firstUnknown);
        }
    }

    private void AddBox(in Row row, ReadOnlySpan<SpaceTest> box, ActionKind kind, int next, int firstUnknown)
    {
        _rows.Add(new SpaceRow(
            _tests.Count, (ushort)box.Length, firstUnknown, (ushort)(_unknowns.Count - firstUnknown), next, row.RuleNumber, kind, row.Target));
        _tests.AddRange(box);
    }

    /// <summary>The boxes of each predicate as rows ask for it: most of the work, so on all cores.</summary>
    private void FindBoxes()
    {
        var isAsked = new bool[_boxes.Length];
        foreach (var reference in _compiled.PredicateReferences)
        {
            isAsked[reference] = true;
        }
        if (_boxes.Length == 0)
        {
            return;
        }
        Parallel.ForEach(Partitioner.Create(0, _boxes.Length, PieceSize), piece =>
        {
            for (var reference = piece.Item1; reference < piece.Item2; reference++)
            {
                if (isAsked[reference])
                {
                    _boxes[reference] = _conditions.Of(_compiled.Predicates[reference >> 1].Condition, (reference & 1) == 0);
                }
            }
        });
    }

    private bool Gather(SpaceTest[] box, ref int touched)
    {
        foreach (var (dimension, code) in box)
        {
            if (_codes[dimension] == Boxes.Nothing)
            {
                _touched[touched++] = dimension;
                _codes[dimension] = code;
            }
            else if ((_codes[dimension] = Boxes.Meet(_codes[dimension], code, dimension < _layout.NarrowCount)) == Boxes.Nothing)
            {
                return false;
            }
        }
        return true;
    }

    /// <returns>The tests by dimension, until others are gathered.</returns>
    private ReadOnlySpan<SpaceTest> Gathered(int touched)
    {
        Array.Sort(_touched, 0, touched);
        for (var i = 0; i < touched; i++)
        {
            _gathered[i] = new SpaceTest(_touched[i], _codes[_touched[i]]);
        }
        Forget(touched);
        return _gathered.AsSpan(0, touched);
    }

    private void Forget(int touched)
    {
        for (var i = 0; i < touched; i++)
        {
            _codes[_touched[i]] = Boxes.Nothing;
        }
    }

    /// <returns>False where the rule asks for one unknown both ways, and so never matches.</returns>
    private bool AddUnknown(ChainSymbol chain, int ruleNumber, int reference, int firstUnknown)
    {
        var condition = _compiled.Predicates[reference >> 1].Condition;
        var isStateful = _history.Decides(condition);
        var text = _texts[reference >> 1] ??= SettledUnknowns.TextOf(condition, _layout.Family);
        var key = text;
        if (isStateful)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{_nameOf(chain, ruleNumber)}:{text}");
            _ordinals[place] = _ordinals.GetValueOrDefault(place) + 1;
            key = string.Create(CultureInfo.InvariantCulture, $"{place}:{_ordinals[place]}");
        }
        var unknown = new SpaceUnknown(_table.Find(key, NameOf(condition), isStateful, condition: condition), (reference & 1) == 0);
        var given = CollectionsMarshal.AsSpan(_unknowns)[firstUnknown..];
        if (given.Contains(unknown with { IsWanted = !unknown.IsWanted }))
        {
            return false;
        }
        if (!given.Contains(unknown))
        {
            _unknowns.Add(unknown);
        }
        return true;
    }

    private static string NameOf(Condition condition) => condition switch
    {
        Condition.UnknownCondition unknown => unknown.Name,
        Condition.MemberCondition => "set",
        Condition.FieldCondition field => PacketFieldInfo.Name(field.TestedField),
        Condition.NotCondition not => NameOf(not.Operand),
        Condition.AllOfCondition all => NameOf(all.Parts[0]),
        Condition.AnyOfCondition any => NameOf(any.Parts[0]),
        _ => "",
    };
}
