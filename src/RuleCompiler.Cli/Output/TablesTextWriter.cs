using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints decision tables to be read: a header a chain, a line a row, predicates aligned by field.</summary>
/// <remarks>Bytes go straight into the output's buffer; nothing is allocated per row.</remarks>
internal sealed class TablesTextWriter(ResultOutput output, bool usesColor)
{
    /// <summary>Wider cells do not push the whole column out; their row continues behind them.</summary>
    private const int MaxColumnBytes = 36;

    /// <summary>Callers named in a chain's header.</summary>
    private const int MaxCallers = 3;

    private readonly int[] _widths = new int[RowCells.ColumnCount];

    public void Write(Compilation compilation)
    {
        var isFirst = true;
        foreach (var family in compilation.Families)
        {
            if (compilation.GetTables(family) is not { } ruleset || compilation.GetRuleset(family) is not { } bound)
            {
                continue;
            }
            using var cells = new RowCells(ruleset);
            var callers = new ChainCallers(ruleset);
            foreach (var table in ruleset.Tables.OrderBy(t => ruleset.DeclaredTables.IndexOf(t.Chain.Table)))
            {
                if (!isFirst)
                {
                    output.Buffer.Append((byte)'\n');
                }
                isFirst = false;
                WriteHeader(table, callers, compilation.Families.Length > 1 ? family : null);
                WriteRuleCount(bound.Chains[table.Chain.Index].Rules.Length, table.Rows.Length);
                WriteRows(table, cells);
                output.FlushIfFull();
            }
        }
    }

    /// <summary><c>nat OUTPUT, policy ACCEPT</c>, or <c>nat ISTIO_OUTPUT, called by OUTPUT#1</c>.</summary>
    private void WriteHeader(DecisionTable table, ChainCallers callers, Family? family)
    {
        var buffer = output.Buffer;
        buffer.Append(usesColor ? Ansi.Bold : []);
        if (family is { } named)
        {
            buffer.Append(named.Name());
            buffer.Append((byte)' ');
        }
        buffer.Append(table.Chain.Table.Name());
        buffer.Append((byte)' ');
        buffer.AppendDisplayed(table.Chain.Name);
        buffer.Append(usesColor ? Ansi.Reset : []);
        if (table.Chain.Hook is not null)
        {
            buffer.Append(table.Chain.PolicyDrops ? ", policy DROP"u8 : ", policy ACCEPT"u8);
        }
        else
        {
            WriteCallers(callers.Of(table.Chain.Index));
        }
    }

    /// <summary>Ends the header; rules without a row are those that no packet can match.</summary>
    private void WriteRuleCount(int ruleCount, int rowCount)
    {
        var buffer = output.Buffer;
        if (ruleCount == 0)
        {
            buffer.Append(": no rules"u8);
        }
        else if (rowCount < ruleCount)
        {
            buffer.Append(": "u8);
            buffer.AppendNumber(ruleCount - rowCount);
            buffer.Append(ruleCount - rowCount == 1 ? " rule never matches"u8 : " rules never match"u8);
        }
        buffer.Append((byte)'\n');
    }

    private void WriteCallers(IReadOnlyList<(DecisionTable Chain, int RuleNumber)> callers)
    {
        var buffer = output.Buffer;
        buffer.Append(callers.Count == 0 ? ", never called"u8 : ", called by "u8);
        for (var i = 0; i < callers.Count && i < MaxCallers; i++)
        {
            buffer.Append(i == 0 ? [] : ", "u8);
            buffer.AppendDisplayed(callers[i].Chain.Chain.Name);
            buffer.Append((byte)'#');
            buffer.AppendNumber(callers[i].RuleNumber);
        }
        if (callers.Count > MaxCallers)
        {
            buffer.Append(" and "u8);
            buffer.AppendNumber(callers.Count - MaxCallers);
            buffer.Append(" more"u8);
        }
    }

    private void WriteRows(DecisionTable table, RowCells cells)
    {
        if (table.Rows.Length == 0)
        {
            return;
        }
        MeasureColumns(table, cells);
        var numberDigits = Digits(table.Rows[^1].RuleNumber);
        foreach (ref readonly var row in table.Rows.AsSpan())
        {
            WriteRow(row, cells, numberDigits);
            output.FlushIfFull();
        }
    }

    private void MeasureColumns(DecisionTable table, RowCells cells)
    {
        Array.Clear(_widths);
        Span<int> widths = stackalloc int[RowCells.ColumnCount];
        foreach (ref readonly var row in table.Rows.AsSpan())
        {
            widths.Clear();
            foreach (var reference in cells.References(row))
            {
                ref var width = ref widths[cells.Column(reference)];
                width += cells.Predicate(reference).Length + (width == 0 ? 0 : 2);
            }
            for (var column = 0; column < widths.Length; column++)
            {
                _widths[column] = Math.Max(_widths[column], Math.Min(widths[column], MaxColumnBytes));
            }
        }
    }

    private void WriteRow(in Row row, RowCells cells, int numberDigits)
    {
        var buffer = output.Buffer;
        buffer.Append((byte)' ', 2 + numberDigits - Digits(row.RuleNumber));
        buffer.AppendNumber(row.RuleNumber);
        var lineStart = buffer.Length;
        var position = 2;
        var references = cells.References(row);
        for (var column = 0; column < _widths.Length; column++)
        {
            if (_widths[column] == 0)
            {
                continue;
            }
            foreach (var reference in references)
            {
                if (cells.Column(reference) == column)
                {
                    PadTo(buffer, lineStart, position);
                    buffer.Append(cells.Predicate(reference));
                }
            }
            position += _widths[column] + 2;
        }
        PadTo(buffer, lineStart, position);
        buffer.Append(usesColor ? Color(row.Kind) : []);
        cells.WriteAction(buffer, row);
        buffer.Append(usesColor ? Ansi.Reset : []);
        buffer.Append((byte)'\n');
    }

    /// <summary>Blanks up to a position of the line, at least two.</summary>
    private static void PadTo(Utf8Buffer buffer, int lineStart, int position) =>
        buffer.Append((byte)' ', Math.Max(2, position - (buffer.Length - lineStart)));

    private static int Digits(int number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
        {
            digits++;
        }
        return digits;
    }

    private static ReadOnlySpan<byte> Color(ActionKind kind) => kind switch
    {
        ActionKind.Accept => Ansi.Green,
        ActionKind.Drop or ActionKind.Reject => Ansi.Red,
        ActionKind.Continue => Ansi.Dim,
        ActionKind.Unknown => Ansi.Yellow,
        _ => Ansi.Cyan,
    };
}
