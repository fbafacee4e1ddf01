using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>The language in which people write one packet: <c>tcp 10.0.0.1:1024 -> 10.0.0.2:80 uid 1000</c>.</summary>
/// <remarks>Its grammar is <c>grammar/PacketExpression.g4</c>.</remarks>
public static class PacketExpression
{
    /// <summary>Reads one expression.</summary>
    /// <param name="text">The text that holds it.</param>
    /// <param name="span">Where in it; null: all of it.</param>
    /// <returns>The packet, null where there is an error; and every problem found, in order of place.</returns>
    public static (Packet? Packet, ImmutableArray<Diagnostic> Diagnostics) Parse(SourceText text, TextSpan? span = null)
    {
        var diagnostics = new DiagnosticBag();
        var syntax = PacketSyntaxParser.Parse(text, span ?? new TextSpan(0, text.Length), diagnostics);
        var packet = PacketReader.Read(syntax, text, diagnostics);
        var all = diagnostics.ToImmutable();
        return (all.IsEmpty ? packet : null, all);
    }

    /// <summary>The expression of a packet: canonical values, and its clauses in the order given, else in a fixed one.</summary>
    public static string Format(Packet packet) => PacketWriter.Write(packet);
}
