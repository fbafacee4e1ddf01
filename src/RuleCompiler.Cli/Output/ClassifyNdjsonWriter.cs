using System.Text.Json;
using RuleCompiler.Cli.Input;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a header line, then one JSON object a packet; schema <c>rulec.classify/1</c>.</summary>
internal sealed class ClassifyNdjsonWriter(ResultOutput output, Compilation compilation, HostFacts host, bool echoes) : IClassifyWriter
{
    public void Start()
    {
        using var json = new Utf8JsonWriter(output.Buffer, JsonEnvelope.Compact);
        JsonEnvelope.WriteStart(json, "rulec.classify/1", [compilation], host);
        json.WriteEndObject();
        json.Flush();
        output.Buffer.Append((byte)'\n');
    }

    public IClassifyPart CreatePart() => new Part(output, echoes);

    public void End()
    {
        // every line stands by itself
    }

    /// <remarks>
    /// The lines of packets with one outcome are put together from bytes: nothing in them but the chain's name is to be
    /// escaped, and that is done once. The rest goes through a JSON writer.
    /// </remarks>
    private sealed class Part : IClassifyPart
    {
        private readonly ResultOutput _output;
        private readonly bool _echoes;
        private readonly Utf8Buffer _buffer = new();
        private readonly NumberedLines _lines;
        private readonly Dictionary<ChainSymbol, byte[]> _chains = new(ReferenceEqualityComparer.Instance);
        private readonly RewriteTexts _rewrites = new();
        private Utf8JsonWriter? _json;

        public Part(ResultOutput output, bool echoes)
        {
            (_output, _echoes) = (output, echoes);
            _lines = new NumberedLines(_buffer);
        }

        public bool TryRepeat(in PacketRecord record) => _lines.TryRepeat(record, "{\"n\":"u8);

        public void Write(in ClassifiedPacket packet)
        {
            _lines.Begin();
            if (packet.Error is null && !packet.IsUnknown)
            {
                _buffer.Append("{\"n\":"u8);
                _buffer.AppendNumber(packet.Number);
                if (_echoes && packet.Packet is { } echoed)
                {
                    _buffer.Append(",\"packet\":\""u8);
                    _buffer.Append(JsonEncodedText.Encode(PacketExpression.Format(echoed), JsonEnvelope.Compact.Encoder).EncodedUtf8Bytes);
                    _buffer.Append((byte)'"');
                }
                Append(packet.Outcomes[0].Classification, packet.Outcomes[0].Flow);
            }
            else
            {
                WriteJson(packet);
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

        public void Dispose()
        {
            _buffer.Dispose();
            _json?.Dispose();
        }

        private void Append(in Classification outcome, int? flow)
        {
            _buffer.Append(",\"verdict\":\""u8);
            _buffer.Append(outcome.Verdict.Name());
            _buffer.Append(outcome.IsLost ? "\",\"lost\":\"routing\""u8 : "\""u8);
            if (outcome.Chain is { } chain)
            {
                _buffer.Append(Encode(chain));
            }
            if (outcome.RuleNumber is { } rule)
            {
                _buffer.Append(",\"rule\":"u8);
                _buffer.AppendNumber(rule);
            }
            if (outcome.Line is { } line)
            {
                _buffer.Append(",\"line\":"u8);
                _buffer.AppendNumber(line);
            }
            if (_rewrites.Of(outcome.Rewrites) is { } rewrite)
            {
                _buffer.Append(",\"rewrite\":\""u8);
                _buffer.Append(rewrite); // words, addresses and ports
                _buffer.Append((byte)'"');
            }
            if (flow is { } number)
            {
                _buffer.Append(",\"flow\":"u8);
                _buffer.AppendNumber(number);
                _buffer.Append((byte)'}');
            }
            else
            {
                _buffer.Append(",\"flow\":\"none\"}"u8);
            }
        }

        private byte[] Encode(ChainSymbol chain)
        {
            if (!_chains.TryGetValue(chain, out var encoded))
            {
                using var text = new Utf8Buffer();
                text.Append($",\"table\":\"{chain.Table.Name()}\",\"chain\":\"");
                text.Append(JsonEncodedText.Encode(chain.Name, JsonEnvelope.Compact.Encoder).EncodedUtf8Bytes);
                text.Append((byte)'"');
                _chains.Add(chain, encoded = text.WrittenSpan.ToArray());
            }
            return encoded;
        }

        private void WriteJson(in ClassifiedPacket packet)
        {
            var json = _json ??= new Utf8JsonWriter(_buffer, JsonEnvelope.Compact);
            json.WriteStartObject();
            json.WriteNumber("n"u8, packet.Number);
            if (_echoes && packet.Packet is { } echoed)
            {
                json.WriteString("packet"u8, PacketExpression.Format(echoed));
            }
            if (packet.Error is var (id, message))
            {
                json.WriteStartObject("error"u8);
                json.WriteString("id"u8, id);
                json.WriteString("message"u8, message);
                json.WriteEndObject();
            }
            else
            {
                json.WriteString("verdict"u8, packet.Verdict);
                json.WriteStartArray("outcomes"u8);
                foreach (var (outcome, flow) in packet.Outcomes)
                {
                    WriteOutcome(json, outcome, flow);
                }
                json.WriteEndArray();
                WriteFlow(json, packet.Flow);
            }
            json.WriteEndObject();
            json.Flush();
            json.Reset();
        }

        private static void WriteOutcome(Utf8JsonWriter json, in Classification outcome, int? flow)
        {
            json.WriteStartObject();
            json.WriteString("verdict"u8, outcome.Verdict.Name());
            if (outcome.IsLost)
            {
                json.WriteString("lost"u8, "routing"u8);
            }
            if (outcome.Chain is { } chain)
            {
                json.WriteString("table"u8, chain.Table.Name());
                json.WriteString("chain"u8, chain.Name);
            }
            if (outcome.RuleNumber is { } rule)
            {
                json.WriteNumber("rule"u8, rule);
            }
            if (outcome.Line is { } line)
            {
                json.WriteNumber("line"u8, line);
            }
            if (ClassifiedPacket.Describe(outcome.Rewrites) is { } rewrite)
            {
                json.WriteString("rewrite"u8, rewrite);
            }
            WriteFlow(json, flow);
            json.WriteStartArray("assumptions"u8);
            foreach (var assumption in outcome.Assumptions)
            {
                json.WriteStringValue(assumption.ToString());
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private static void WriteFlow(Utf8JsonWriter json, int? flow)
        {
            if (flow is { } number)
            {
                json.WriteNumber("flow"u8, number);
            }
            else
            {
                json.WriteString("flow"u8, "none"u8);
            }
        }
    }
}
