using System.Text.Json;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>Writes a trace's own fields, the same in every result that holds traces.</summary>
internal static class TraceJson
{
    /// <summary>Fields of the object that the caller has open: the packet, its steps and rewrites, and what became of it.</summary>
    public static void WriteFields(Utf8JsonWriter json, Trace trace)
    {
        json.WriteString("packet"u8, PacketExpression.Format(trace.Packet));
        json.WriteStartArray("steps"u8);
        foreach (var step in trace.Steps.Where(step => step.IsDeclared))
        {
            WriteStep(json, step);
        }
        json.WriteEndArray();
        json.WriteStartArray("rewrites"u8);
        foreach (var rewrite in trace.Rewrites)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, rewrite.Kind);
            json.WriteString(rewrite.Destination is null ? "source"u8 : "destination"u8, RewriteText.Describe(rewrite));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteEnd(json, trace);
    }

    public static void WriteStep(Utf8JsonWriter json, TraceStep step)
    {
        json.WriteStartObject();
        json.WriteString("hook"u8, step.Hook.Name());
        json.WriteString("table"u8, step.Table.Name());
        json.WriteString("chain"u8, step.Chain);
        WriteOptional(json, "rule"u8, step.Rule);
        WriteOptional(json, "line"u8, step.Line);
        json.WriteString("action"u8, step.Action);
        WriteOptional(json, "target"u8, step.Target);
        if (step.Pass != 1)
        {
            json.WriteNumber("pass"u8, step.Pass);
        }
        if (!step.Effects.IsEmpty)
        {
            json.WriteStartArray("effects"u8);
            foreach (var effect in step.Effects)
            {
                json.WriteStartObject();
                json.WriteString("kind"u8, effect.Kind);
                json.WriteString("value"u8, effect.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        WriteMatch(json, step);
        json.WriteEndObject();
    }

    /// <summary>For a rule passed by: that it did not match, and the option that failed.</summary>
    private static void WriteMatch(Utf8JsonWriter json, TraceStep step)
    {
        if (step.IsMatch)
        {
            return;
        }
        json.WriteBoolean("matched"u8, false);
        if (step.Failed is { } failed)
        {
            json.WriteStartObject("failed"u8);
            WriteTest(json, failed);
            if (!failed.Others.IsEmpty)
            {
                json.WriteStartArray("others"u8);
                foreach (var other in failed.Others)
                {
                    json.WriteStartObject();
                    WriteTest(json, other);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
    }

    private static void WriteTest(Utf8JsonWriter json, FailedTest failed)
    {
        json.WriteString("option"u8, failed.Option);
        json.WriteNumber("line"u8, failed.Location.Start.Line);
        json.WriteNumber("column"u8, failed.Location.Start.Column);
        json.WriteString("because"u8, failed.Because);
    }

    private static void WriteEnd(Utf8JsonWriter json, Trace trace)
    {
        json.WriteString("verdict"u8, trace.Verdict.Name());
        WriteOptional(json, "lost"u8, trace.Lost);
        if (trace.Delivery is { } delivery)
        {
            json.WriteStartObject("delivery"u8);
            json.WriteString("to"u8, delivery.To);
            WriteOptional(json, "interface"u8, delivery.Interface);
            json.WriteString("destination"u8, delivery.Destination.ToString());
            json.WriteEndObject();
        }
        json.WriteStartArray("assumptions"u8);
        foreach (var assumption in trace.Assumptions)
        {
            json.WriteStringValue(assumption.ToString());
        }
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
