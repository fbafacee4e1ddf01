using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>The text of each predicate, with and without its sign, and of each action, formatted once.</summary>
/// <remarks>A large dump has hundreds of thousands of rows but far fewer distinct predicates.</remarks>
internal sealed class RowCells : IDisposable
{
    /// <summary>Columns that stand first, in this order; the other fields follow in theirs, and last what is no field test.</summary>
    private static readonly ImmutableArray<PacketField> FirstColumns =
    [
        PacketField.Protocol, PacketField.InInterface, PacketField.OutInterface, PacketField.Source,
        PacketField.SourcePort, PacketField.Destination, PacketField.DestinationPort,
    ];

    private readonly CompiledRuleset _ruleset;
    private readonly Utf8Buffer _text = new();
    private readonly (int Start, int Length)[] _predicates;
    private readonly (int Start, int Length)[] _actions;
    private readonly int[] _columnOfField = new int[PacketFieldInfo.Count];

    public RowCells(CompiledRuleset ruleset)
    {
        _ruleset = ruleset;
        _predicates = new (int, int)[ruleset.Predicates.Length * 2];
        _actions = new (int, int)[ruleset.Actions.Length];
        var column = FirstColumns.Length;
        for (var field = 0; field < PacketFieldInfo.Count; field++)
        {
            var first = FirstColumns.IndexOf((PacketField)field);
            _columnOfField[field] = first >= 0 ? first : column++;
        }
    }

    /// <summary>Number of columns a row may use.</summary>
    public static int ColumnCount => PacketFieldInfo.Count + 1;

    /// <summary>The references of a row, in the order of its predicates.</summary>
    public ReadOnlySpan<int> References(in Row row) =>
        _ruleset.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount);

    /// <summary>The column of a reference to a predicate.</summary>
    public int Column(int reference) =>
        _ruleset.Predicates[reference >> 1].Field is { } field ? _columnOfField[(int)field] : ColumnCount - 1;

    /// <summary>The text of a reference to a predicate; valid until the next call.</summary>
    public ReadOnlySpan<byte> Predicate(int reference)
    {
        ref var cell = ref _predicates[reference];
        if (cell.Length == 0)
        {
            var start = _text.Length;
            ConditionText.Write(_text, _ruleset.Predicates[reference >> 1].Condition, (reference & 1) != 0, _ruleset.Family);
            cell = (start, _text.Length - start);
        }
        return _text.WrittenSpan.Slice(cell.Start, cell.Length);
    }

    /// <summary>Appends the text of a row's action.</summary>
    public void WriteAction(Utf8Buffer buffer, in Row row)
    {
        if (row.Kind is ActionKind.Jump or ActionKind.Goto)
        {
            buffer.Append(ActionText.Name(row.Kind));
            buffer.Append((byte)' ');
            buffer.AppendDisplayed(_ruleset.Tables[row.Target].Chain.Name);
            return;
        }
        ref var cell = ref _actions[row.Target];
        if (cell.Length == 0)
        {
            var start = _text.Length;
            ActionText.Write(_text, _ruleset.Actions[row.Target]);
            cell = (start, _text.Length - start);
        }
        buffer.Append(_text.WrittenSpan.Slice(cell.Start, cell.Length));
    }

    public void Dispose() => _text.Dispose();
}
