using System.Globalization;
using RuleCompiler.Cli.Input;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints one CSV record a packet behind a header (RFC 4180, lines end in LF).</summary>
/// <remarks>
/// A spreadsheet takes a field that begins with <c>= + - @</c> for a formula: such a field is quoted and gets an
/// apostrophe in front. Where the outcome hangs on unknowns, only the verdict and the flow are filled in.
/// </remarks>
internal sealed class ClassifyCsvWriter(ResultOutput output, bool echoes) : IClassifyWriter
{
    public void Start()
    {
        output.Buffer.Append(echoes
            ? "n,verdict,table,chain,rule,line,rewrite,flow,error,packet\n"u8
            : "n,verdict,table,chain,rule,line,rewrite,flow,error\n"u8);
    }

    public IClassifyPart CreatePart() => new Part(output, echoes);

    public void End()
    {
        // every record stands by itself
    }

    private sealed class Part : IClassifyPart
    {
        private readonly ResultOutput _output;
        private readonly bool _echoes;
        private readonly Utf8Buffer _buffer = new();
        private readonly NumberedLines _lines;

        public Part(ResultOutput output, bool echoes)
        {
            (_output, _echoes) = (output, echoes);
            _lines = new NumberedLines(_buffer);
        }

        public bool TryRepeat(in PacketRecord record) => _lines.TryRepeat(record, []);

        public void Write(in ClassifiedPacket packet)
        {
            _lines.Begin();
            var outcome = packet is { Error: null, IsUnknown: false } ? packet.Outcomes[0].Classification : default;
            Append(Number(packet.Number), isFirst: true);
            Append(packet.Error is null ? packet.Verdict : null);
            Append(outcome.Chain?.Table.Name());
            Append(outcome.Chain?.Name);
            Append(Number(outcome.RuleNumber));
            Append(Number(outcome.Line));
            Append(outcome.Rewrites.IsDefault ? null : ClassifiedPacket.Describe(outcome.Rewrites));
            Append(packet.Error is null ? Number(packet.Flow) ?? "none" : null);
            Append(packet.Error is var (id, message) ? $"{id}: {message}" : outcome.IsLost ? "lost in routing" : null);
            if (_echoes)
            {
                Append(packet.Packet is { } echoed ? PacketExpression.Format(echoed) : null);
            }
            _lines.End(packet);
        }

        public void Complete()
        {
            _output.Buffer.Append(_buffer.WrittenSpan);
            _buffer.Clear();
            _lines.Forget();
            _output.Flush();
        }

        public void Dispose() => _buffer.Dispose();

        private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

        private void Append(string? field, bool isFirst = false)
        {
            if (!isFirst)
            {
                _buffer.Append((byte)',');
            }
            if (field is null)
            {
                return;
            }
            var isFormula = field is ['=' or '+' or '-' or '@' or '\t', ..];
            if (!isFormula && !field.AsSpan().ContainsAny(",\"\r\n"))
            {
                _buffer.Append(field);
                return;
            }
            _buffer.Append(isFormula ? "\"'"u8 : "\""u8);
            _buffer.Append(field.Replace("\"", "\"\"", StringComparison.Ordinal));
            _buffer.Append((byte)'"');
        }
    }
}
