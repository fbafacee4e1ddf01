using System.Text.Json;
using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints decision tables as one JSON envelope, schema <c>rulec.compile/1</c>.</summary>
internal sealed class TablesJsonWriter : IDisposable
{
    private readonly ResultOutput _output;
    private readonly Utf8Buffer _action = new();
    private readonly Utf8Buffer _row = new();
    private readonly Utf8JsonWriter _rowJson;

    public TablesJsonWriter(ResultOutput output)
    {
        _output = output;
        _rowJson = new Utf8JsonWriter(_row, JsonEnvelope.Compact);
    }

    public void Write(Compilation compilation)
    {
        using var json = new Utf8JsonWriter(_output.Buffer, JsonEnvelope.Indented);
        JsonEnvelope.WriteStart(json, "rulec.compile/1", [compilation]);
        json.WriteStartArray("chains"u8);
        foreach (var family in compilation.Families)
        {
            if (compilation.GetTables(family) is { } ruleset)
            {
                WriteRuleset(json, ruleset);
            }
        }
        json.WriteEndArray();
        WriteSets(json, compilation);
        json.WriteEndObject();
        json.Flush();
        _output.Buffer.Append((byte)'\n');
    }

    public void Dispose()
    {
        _rowJson.Dispose();
        _row.Dispose();
        _action.Dispose();
    }

    private void WriteRuleset(Utf8JsonWriter json, CompiledRuleset ruleset)
    {
        using var cells = new RowCells(ruleset);
        var callers = new ChainCallers(ruleset);
        foreach (var table in ruleset.Tables.OrderBy(t => ruleset.DeclaredTables.IndexOf(t.Chain.Table)))
        {
            json.WriteStartObject();
            json.WriteString("family"u8, ruleset.Family.Name());
            json.WriteString("table"u8, table.Chain.Table.Name());
            json.WriteString("chain"u8, table.Chain.Name);
            if (table.Chain.Hook is { } hook)
            {
                json.WriteString("hook"u8, hook.Name());
                json.WriteString("policy"u8, table.Chain.PolicyDrops ? "DROP"u8 : "ACCEPT"u8);
            }
            if (table.Chain.DeclarationLine is { } line)
            {
                json.WriteNumber("line"u8, line);
            }
            WriteCallers(json, callers.Of(table.Chain.Index));
            json.WriteStartArray("rows"u8);
            foreach (ref readonly var row in table.Rows.AsSpan())
            {
                WriteRow(json, row, ruleset, cells);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>The sets whose members the host's facts must tell, where rules name any.</summary>
    private static void WriteSets(Utf8JsonWriter json, Compilation compilation)
    {
        var rulesets = compilation.Families.Select(compilation.GetRuleset).OfType<BoundRuleset>();
        var sets = rulesets.SelectMany(ruleset => NamedSets.Of(ruleset).Select(set => (ruleset.Family, Set: set))).ToList();
        if (sets.Count == 0)
        {
            return;
        }
        json.WriteStartArray("sets"u8);
        foreach (var (family, set) in sets)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, set.Name);
            json.WriteString("family"u8, family.Name());
            json.WriteNumber("dimensions"u8, set.Dimensions);
            json.WriteString("rule"u8, set.FirstRule.ToString());
            json.WriteNumber("line"u8, set.Line);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCallers(Utf8JsonWriter json, IReadOnlyList<(DecisionTable Chain, int RuleNumber)> callers)
    {
        json.WriteStartArray("callers"u8);
        foreach (var (chain, ruleNumber) in callers)
        {
            json.WriteStartObject();
            json.WriteString("chain"u8, chain.Chain.Name);
            json.WriteNumber("rule"u8, ruleNumber);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A row is one line of the indented text: the indentation is its own, a raw value gets none.</summary>
    private void WriteRow(Utf8JsonWriter json, in Row row, CompiledRuleset ruleset, RowCells cells)
    {
        _row.Clear();
        _row.Append("\n        "u8);
        _rowJson.Reset();
        _rowJson.WriteStartObject();
        _rowJson.WriteNumber("rule"u8, row.RuleNumber);
        _rowJson.WriteNumber("line"u8, row.Line);
        _rowJson.WriteStartArray("predicates"u8);
        foreach (var reference in cells.References(row))
        {
            _rowJson.WriteStringValue(cells.Predicate(reference));
        }
        _rowJson.WriteEndArray();
        _rowJson.WriteString("action"u8, ActionText.Name(row.Kind));
        var target = row.Kind is ActionKind.Jump or ActionKind.Goto
            ? ruleset.Tables[row.Target].Chain.Name
            : ruleset.Actions[row.Target].Target;
        if (target is not null)
        {
            _rowJson.WriteString("target"u8, target);
        }
        _action.Clear();
        cells.WriteAction(_action, row);
        _rowJson.WriteString("text"u8, _action.WrittenSpan);
        _rowJson.WriteEndObject();
        _rowJson.Flush();
        json.WriteRawValue(_row.WrittenSpan, skipInputValidation: true);
        json.Flush();
        _output.FlushIfFull();
    }
}
