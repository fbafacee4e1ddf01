using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Draws the calls between chains for Graphviz: a cluster a table, a box a chain, an arrow a call.</summary>
/// <remarks>Several rules of one chain that call the same chain share an arrow, labelled with their numbers.</remarks>
internal sealed class TablesDotWriter(ResultOutput output)
{
    /// <summary>Rule numbers named on an arrow.</summary>
    private const int MaxRuleNumbers = 4;

    public void Write(Compilation compilation)
    {
        var buffer = output.Buffer;
        buffer.Append("digraph calls {\n  rankdir=LR;\n  node [shape=box, fontname=\"monospace\"];\n"u8);
        foreach (var family in compilation.Families)
        {
            if (compilation.GetTables(family) is not { } ruleset)
            {
                continue;
            }
            foreach (var table in ruleset.DeclaredTables)
            {
                WriteTable(ruleset, table);
            }
        }
        buffer.Append("}\n"u8);
    }

    private void WriteTable(CompiledRuleset ruleset, TableKind kind)
    {
        var buffer = output.Buffer;
        var title = $"{ruleset.Family.Name()} {kind.Name()}";
        buffer.Append("  subgraph "u8);
        WriteQuoted(buffer, $"cluster {title}");
        buffer.Append(" {\n    label="u8);
        WriteQuoted(buffer, title);
        buffer.Append(";\n"u8);
        var chains = ruleset.Tables.Where(t => t.Chain.Table == kind).ToList();
        foreach (var chain in chains)
        {
            buffer.Append("    "u8);
            WriteNode(buffer, title, chain);
            buffer.Append(" [label="u8);
            var policy = chain.Chain.PolicyDrops ? "\\npolicy DROP"u8 : "\\npolicy ACCEPT"u8;
            WriteQuoted(buffer, chain.Chain.Name, chain.Chain.Hook is null ? [] : policy);
            buffer.Append(chain.Chain.Hook is null ? "];\n"u8 : ", style=bold];\n"u8);
        }
        foreach (var chain in chains)
        {
            WriteCalls(ruleset, title, chain);
            output.FlushIfFull();
        }
        buffer.Append("  }\n"u8);
    }

    private void WriteCalls(CompiledRuleset ruleset, string title, DecisionTable caller)
    {
        var buffer = output.Buffer;
        var calls = caller.Rows
            .Where(row => row.Kind is ActionKind.Jump or ActionKind.Goto)
            .GroupBy(row => (row.Target, row.Kind));
        foreach (var call in calls)
        {
            buffer.Append("    "u8);
            WriteNode(buffer, title, caller);
            buffer.Append(" -> "u8);
            WriteNode(buffer, title, ruleset.Tables[call.Key.Target]);
            buffer.Append(" [label="u8);
            var numbers = string.Join(", ", call.Take(MaxRuleNumbers).Select(row => row.RuleNumber));
            WriteQuoted(buffer, call.Count() > MaxRuleNumbers ? $"{numbers}, ..." : numbers);
            buffer.Append(call.Key.Kind == ActionKind.Goto ? ", style=dashed];\n"u8 : "];\n"u8);
        }
    }

    private static void WriteNode(Utf8Buffer buffer, string title, DecisionTable chain) =>
        WriteQuoted(buffer, $"{title} {chain.Chain.Name}");

    /// <summary>A DOT string: quotes and backslashes escaped.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="text">What it says.</param>
    /// <param name="suffix">What follows it in the string, escaped already.</param>
    private static void WriteQuoted(Utf8Buffer buffer, string text, ReadOnlySpan<byte> suffix = default)
    {
        buffer.Append((byte)'"');
        buffer.Append(DisplayText.Escape(text)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal));
        buffer.Append(suffix);
        buffer.Append((byte)'"');
    }
}
