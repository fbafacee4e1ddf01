using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Packet expressions, one a line; blank lines and those of a <c>#</c> comment are passed by.</summary>
internal sealed class ExpressionList(LineReader lines) : IPacketList
{
    public bool Read(out PacketRecord record)
    {
        while (lines.ReadLine(out var isTooLong) is { } line)
        {
            if (isTooLong)
            {
                record = new PacketRecord(lines.LineNumber, null, PacketLists.TooLong);
                return true;
            }
            if (line.AsSpan().TrimStart() is not ([] or ['#', ..]))
            {
                var (packet, diagnostics) = PacketExpression.Parse(SourceText.From(line));
                record = new PacketRecord(
                    lines.LineNumber, packet, packet is null ? string.Join("; ", diagnostics.Select(d => d.Message)) : null);
                return true;
            }
        }
        record = default;
        return false;
    }
}
