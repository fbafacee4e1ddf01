using System.Diagnostics.CodeAnalysis;

namespace RuleCompiler.Cli.Input;

/// <summary>An input whose every line stands by itself: blocks of lines, each parsed by the thread that takes it.</summary>
/// <param name="lines">The input.</param>
/// <param name="createParser">Makes a parser for a thread.</param>
/// <param name="memo">Lines read before.</param>
/// <param name="onUnknownField">Is told of fields that are none of a packet's.</param>
/// <param name="done">Says which part of the input was read.</param>
internal sealed class LineBatches(
    LineBlockReader lines, Func<ILineParser> createParser, LineMemo memo, Action<string> onUnknownField, Func<double?> done)
    : IPacketBatches
{
    public double? Done => done();

    public bool TryNext([NotNullWhen(true)] out IPacketList? batch)
    {
        batch = lines.Read() is { } block ? new Batch(block, createParser(), memo, onUnknownField) : null;
        return batch is not null;
    }

    public void Dispose() => lines.Dispose();

    private sealed class Batch(LineBlock block, ILineParser parser, LineMemo memo, Action<string> onUnknownField) : IPacketList
    {
        /// <summary>Of the line read last; null where it was passed by.</summary>
        private PacketRecord? _last;

        public bool Read(out PacketRecord record)
        {
            while (block.TryRead(out var line))
            {
                if (!block.IsRepeated)
                {
                    _last = Parse(line);
                }
                if (_last is { } found)
                {
                    record = found with { Number = block.LineNumber };
                    return true;
                }
            }
            record = default;
            return false;
        }

        private PacketRecord? Parse(ReadOnlySpan<byte> line)
        {
            if (line.Length > LineReader.MaxBytes)
            {
                return new PacketRecord(block.LineNumber, null, PacketLists.TooLong);
            }
            if (memo.Find(line, out var key) is { } known)
            {
                return new PacketRecord(block.LineNumber, known.Packet, null) { Line = known };
            }
            if (!parser.TryParse(line, out var packet, out var problem))
            {
                return null;
            }
            return new PacketRecord(block.LineNumber, packet, problem)
            {
                // The ports of a translation that the packet brings along are looked at beside its own.
                Line = packet is { Translation: null } && key is { } found ? memo.Keep(line, found, packet) : null,
            };
        }

        public void Report()
        {
            foreach (var field in parser.UnknownFields)
            {
                onUnknownField(field);
            }
        }

        public void Dispose() => block.Dispose();
    }
}
