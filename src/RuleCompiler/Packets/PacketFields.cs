using RuleCompiler.Diagnostics;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>A packet given field by field, as in a log or a table, rather than as an expression.</summary>
/// <remarks>Field names are those of the classify input; case does not matter. Values read like those of clauses.</remarks>
internal sealed class PacketFields
{
    private static readonly SourceText NoText = SourceText.From("");

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The one name of a field; null for an unknown one.</summary>
    public static string? Find(string name) => name.ToLowerInvariant() switch
    {
        "packet" => "packet",
        "protocol" or "proto" => "protocol",
        "source" or "src" => "source",
        "sourceport" or "sport" => "sourcePort",
        "destination" or "dst" => "destination",
        "destinationport" or "dport" => "destinationPort",
        "icmptype" => "type",
        "icmpcode" or "code" => "code",
        "tcpflags" => "flags",
        "insets" or "inset" => "in-set",
        // Endpoints of a connection have no form as one value.
        "ctorig" or "ctrepl" or "nat" => null,
        var clause => ClauseNames.Find(clause) is null ? null : clause,
    };

    /// <summary>Forgets all values.</summary>
    public void Clear() => _values.Clear();

    /// <param name="field">A name that <see cref="Find"/> gave.</param>
    /// <param name="value">Empty for a field that is absent.</param>
    /// <returns>False where the field was given before.</returns>
    public bool TryAdd(string field, string value) => value.Length == 0 || _values.TryAdd(field, value);

    /// <summary>The packet of the fields.</summary>
    /// <returns>Null where they make none, and then what is wrong with them.</returns>
    public (Packet? Packet, string? Problem) ToPacket()
    {
        var diagnostics = new DiagnosticBag();
        Packet? packet;
        if (_values.TryGetValue("packet", out var expression))
        {
            if (_values.Count > 1)
            {
                return (null, "'packet' stands for all other fields");
            }
            (packet, var problems) = PacketExpression.Parse(SourceText.From(expression));
            diagnostics.AddRange(problems);
        }
        else
        {
            foreach (var name in (ReadOnlySpan<string>)["protocol", "source", "destination"])
            {
                if (!_values.ContainsKey(name))
                {
                    return (null, $"The field '{name}' is missing");
                }
            }
            var syntax = new PacketSyntax(
                (ListSyntax.Of(new Word(_values["protocol"], default)), Endpoint("source", "sourcePort"), Endpoint("destination", "destinationPort")),
                [.. Clauses()]);
            packet = PacketReader.Read(syntax, NoText, diagnostics);
        }
        var all = diagnostics.ToImmutable();
        return all.IsEmpty ? (packet, null) : (null, string.Join("; ", all.Select(d => d.Message)));
    }

    private ListSyntax Endpoint(string addressField, string portField)
    {
        var address = _values[addressField];
        var text = !_values.TryGetValue(portField, out var port) ? address
            : address.Contains(':') && !address.StartsWith('[') ? $"[{address}]:{port}"
            : $"{address}:{port}";
        return ListSyntax.Of(new Word(text, default));
    }

    private IEnumerable<ClauseSyntax> Clauses()
    {
        // In the order of the clauses, not of the fields: records of one table then print alike.
        foreach (var (name, clause) in ClauseNames.InOrder)
        {
            if (_values.TryGetValue(name, out var value) && (clause != PacketClause.Fragment || IsTrue(value)))
            {
                yield return new ClauseSyntax(new Word(name, default), Values(clause, value), null);
            }
        }
    }

    private ListSyntax? Values(PacketClause clause, string value) => clause switch
    {
        PacketClause.Fragment => null,
        PacketClause.Match => ListSyntax.Of(new Word(value, default)),
        PacketClause.Type when _values.TryGetValue("code", out var code) && !value.Contains('/') => ListSyntax.Of(new Word($"{value}/{code}", default)),
        _ => ListSyntax.Of([.. value.Split(',', StringSplitOptions.TrimEntries).Select(v => new Word(v, default))]),
    };

    private static bool IsTrue(string value) => value.ToLowerInvariant() is "true" or "1" or "yes";
}
