using System.Collections.Immutable;
using System.Text.Json;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints traces as one JSON envelope, or as a header line and one object a line; schema <c>rulec.trace/1</c>.</summary>
internal sealed class TraceJsonWriter : ITraceWriter
{
    private readonly ResultOutput _output;
    private readonly TraceRequest _request;
    private readonly bool _isNdjson;
    private readonly Utf8JsonWriter _json;

    public TraceJsonWriter(ResultOutput output, TraceRequest request, bool isNdjson)
    {
        _output = output;
        _request = request;
        _isNdjson = isNdjson;
        _json = new Utf8JsonWriter(output.Buffer, isNdjson ? JsonEnvelope.Compact : JsonEnvelope.Indented);
    }

    public void Start()
    {
        JsonEnvelope.WriteStart(_json, "rulec.trace/1", [_request.Compilation], _request.Host);
        if (_isNdjson)
        {
            _json.WriteEndObject();
            EndLine();
        }
        else
        {
            _json.WriteStartArray("packets"u8);
        }
    }

    public void Write(ImmutableArray<Trace> outcomes)
    {
        foreach (var trace in outcomes)
        {
            WriteTrace(trace);
            if (_isNdjson)
            {
                EndLine();
            }
        }
        _json.Flush();
        _output.FlushIfFull();
    }

    public void End()
    {
        if (!_isNdjson)
        {
            _json.WriteEndArray();
            _json.WriteEndObject();
            EndLine();
        }
    }

    public void Dispose() => _json.Dispose();

    private void EndLine()
    {
        _json.Flush();
        _output.Buffer.Append((byte)'\n');
        _json.Reset();
    }

    private void WriteTrace(Trace trace)
    {
        _json.WriteStartObject();
        TraceJson.WriteFields(_json, _request.Shown(trace));
        WriteAnswers(trace);
        _json.WriteEndObject();
    }

    private void WriteAnswers(Trace trace)
    {
        if (_request.Questions.IsEmpty)
        {
            return;
        }
        _json.WriteStartArray("why"u8);
        foreach (var answer in _request.Answers(trace))
        {
            _json.WriteStartObject();
            _json.WriteString("table"u8, answer.Place.Table.Name());
            _json.WriteString("chain"u8, answer.Place.Chain);
            _json.WriteNumber("rule"u8, answer.Place.Rule);
            _json.WriteBoolean("reached"u8, !answer.Visits.IsEmpty);
            _json.WriteBoolean("matched"u8, answer.Visits.Any(visit => visit.IsMatch));
            _json.WriteString("text"u8, string.Join("; ", answer.Lines()));
            _json.WriteStartArray("visits"u8);
            foreach (var visit in answer.Visits)
            {
                TraceJson.WriteStep(_json, visit);
            }
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }
}
