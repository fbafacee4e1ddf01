using System.Text.Json;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a header line, then one JSON object a packet; schema <c>rulec.classify/1</c>.</summary>
internal sealed class ClassifyNdjsonWriter(ResultOutput output, Compilation compilation, HostFacts host, bool echoes) : IClassifyWriter
{
    private readonly Utf8JsonWriter _json = new(output.Buffer, JsonEnvelope.Compact);

    public void Start()
    {
        JsonEnvelope.WriteStart(_json, "rulec.classify/1", [compilation], host);
        _json.WriteEndObject();
        EndLine();
    }

    public void Write(ClassifiedPacket packet)
    {
        _json.WriteStartObject();
        _json.WriteNumber("n"u8, packet.Number);
        if (echoes && packet.Packet is { } echoed)
        {
            _json.WriteString("packet"u8, PacketExpression.Format(echoed));
        }
        if (packet.Error is var (id, message))
        {
            _json.WriteStartObject("error"u8);
            _json.WriteString("id"u8, id);
            _json.WriteString("message"u8, message);
            _json.WriteEndObject();
        }
        else if (packet.IsUnknown)
        {
            _json.WriteString("verdict"u8, packet.Verdict);
            _json.WriteStartArray("outcomes"u8);
            foreach (var (outcome, flow) in packet.Outcomes)
            {
                _json.WriteStartObject();
                WriteOutcome(outcome, flow);
                _json.WriteStartArray("assumptions"u8);
                foreach (var assumption in outcome.Assumptions)
                {
                    _json.WriteStringValue(assumption.ToString());
                }
                _json.WriteEndArray();
                _json.WriteEndObject();
            }
            _json.WriteEndArray();
            WriteFlow(packet.Flow);
        }
        else
        {
            WriteOutcome(packet.Outcomes[0].Classification, packet.Outcomes[0].Flow);
        }
        _json.WriteEndObject();
        EndLine();
    }

    public void End()
    {
    }

    public void Dispose() => _json.Dispose();

    private void WriteOutcome(in Classification outcome, int? flow)
    {
        _json.WriteString("verdict"u8, outcome.Verdict.Name());
        if (outcome.IsLost)
        {
            _json.WriteString("lost"u8, "routing"u8);
        }
        if (outcome.Chain is { } chain)
        {
            _json.WriteString("table"u8, chain.Table.Name());
            _json.WriteString("chain"u8, chain.Name);
        }
        if (outcome.RuleNumber is { } rule)
        {
            _json.WriteNumber("rule"u8, rule);
        }
        if (outcome.Line is { } line)
        {
            _json.WriteNumber("line"u8, line);
        }
        if (ClassifiedPacket.Describe(outcome.Rewrites) is { } rewrite)
        {
            _json.WriteString("rewrite"u8, rewrite);
        }
        WriteFlow(flow);
    }

    private void WriteFlow(int? flow)
    {
        if (flow is { } number)
        {
            _json.WriteNumber("flow"u8, number);
        }
        else
        {
            _json.WriteString("flow"u8, "none"u8);
        }
    }

    private void EndLine()
    {
        _json.Flush();
        output.Buffer.Append((byte)'\n');
        _json.Reset();
        output.FlushIfFull();
    }
}
