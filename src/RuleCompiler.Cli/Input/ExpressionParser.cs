using System.Text;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Packet expressions, one a line; blank lines and those of a <c>#</c> comment are passed by.</summary>
internal sealed class ExpressionParser : ILineParser
{
    public IReadOnlyCollection<string> UnknownFields => [];

    public bool TryParse(ReadOnlySpan<byte> line, out Packet? packet, out string? problem)
    {
        (packet, problem) = (null, null);
        if (line.TrimStart(" \t"u8) is [] or [(byte)'#', ..])
        {
            return false;
        }
        (packet, var diagnostics) = PacketExpression.Parse(SourceText.From(Encoding.UTF8.GetString(line)));
        problem = packet is null ? string.Join("; ", diagnostics.Select(d => d.Message)) : null;
        return true;
    }
}
