using System.Collections.Immutable;
using System.Text.Json;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

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
        _json.WriteString("packet"u8, PacketExpression.Format(trace.Packet));
        _json.WriteStartArray("steps"u8);
        foreach (var step in _request.Shown(trace).Steps)
        {
            WriteStep(step);
        }
        _json.WriteEndArray();
        _json.WriteStartArray("rewrites"u8);
        foreach (var rewrite in trace.Rewrites)
        {
            _json.WriteStartObject();
            _json.WriteString("kind"u8, rewrite.Kind);
            _json.WriteString(rewrite.Destination is null ? "source"u8 : "destination"u8, RewriteText.Describe(rewrite));
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        WriteEnd(trace);
        WriteAnswers(trace);
        _json.WriteEndObject();
    }

    private void WriteStep(TraceStep step)
    {
        _json.WriteStartObject();
        _json.WriteString("hook"u8, step.Hook.Name());
        _json.WriteString("table"u8, step.Table.Name());
        _json.WriteString("chain"u8, step.Chain);
        WriteOptional("rule"u8, step.Rule);
        WriteOptional("line"u8, step.Line);
        _json.WriteString("action"u8, step.Action);
        WriteOptional("target"u8, step.Target);
        if (step.Pass != 1)
        {
            _json.WriteNumber("pass"u8, step.Pass);
        }
        if (!step.Effects.IsEmpty)
        {
            _json.WriteStartArray("effects"u8);
            foreach (var effect in step.Effects)
            {
                _json.WriteStartObject();
                _json.WriteString("kind"u8, effect.Kind);
                _json.WriteString("value"u8, effect.Value);
                _json.WriteEndObject();
            }
            _json.WriteEndArray();
        }
        WriteMatch(step);
        _json.WriteEndObject();
    }

    /// <summary>For a rule passed by: that it did not match, and the option that failed.</summary>
    private void WriteMatch(TraceStep step)
    {
        if (step.IsMatch)
        {
            return;
        }
        _json.WriteBoolean("matched"u8, false);
        if (step.Failed is { } failed)
        {
            _json.WriteStartObject("failed"u8);
            _json.WriteString("option"u8, failed.Option);
            _json.WriteNumber("line"u8, failed.Location.Start.Line);
            _json.WriteNumber("column"u8, failed.Location.Start.Column);
            _json.WriteString("because"u8, failed.Because);
            _json.WriteEndObject();
        }
    }

    private void WriteEnd(Trace trace)
    {
        _json.WriteString("verdict"u8, trace.Verdict.Name());
        WriteOptional("lost"u8, trace.Lost);
        if (trace.Delivery is { } delivery)
        {
            _json.WriteStartObject("delivery"u8);
            _json.WriteString("to"u8, delivery.To);
            WriteOptional("interface"u8, delivery.Interface);
            _json.WriteString("destination"u8, delivery.Destination.ToString());
            _json.WriteEndObject();
        }
        _json.WriteStartArray("assumptions"u8);
        foreach (var assumption in trace.Assumptions)
        {
            _json.WriteStringValue(assumption.ToString());
        }
        _json.WriteEndArray();
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
                WriteStep(visit);
            }
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteOptional(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    private void WriteOptional(ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }
}
