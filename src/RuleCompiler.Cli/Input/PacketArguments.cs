using System.Collections.Immutable;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads the packet expressions of a command line.</summary>
internal static class PacketArguments
{
    /// <returns>The packets in order; null where an expression has errors, all of which are reported then.</returns>
    public static ImmutableArray<Packet>? Parse(IReadOnlyList<string> expressions, Session session)
    {
        var packets = ImmutableArray.CreateBuilder<Packet>(expressions.Count);
        foreach (var expression in expressions)
        {
            var (packet, diagnostics) = PacketExpression.Parse(SourceText.From(expression, "<packet>"));
            session.Problems.Write(diagnostics);
            if (packet is not null)
            {
                packets.Add(packet);
            }
        }
        return packets.Count == expressions.Count ? packets.MoveToImmutable() : null;
    }
}
