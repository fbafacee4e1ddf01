using System.CommandLine;
using System.Text.Json;
using RuleCompiler.Cli.Commands;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints the JSON envelope of a command that could not be done: its inputs and problems, and no result.</summary>
internal static class FailureJsonWriter
{
    /// <summary>Prints it where JSON was asked for on standard output, and nothing of it is there yet.</summary>
    public static void Write(RulecCommand command, ParseResult arguments, Session session)
    {
        var format = FormatOf(arguments);
        if (session.HasResult || format is not ("json" or "ndjson") || session.Problems.Written.IsEmpty)
        {
            return;
        }
        using var output = ResultOutput.Open(session);
        using (var json = new Utf8JsonWriter(output.Buffer, format == "json" ? JsonEnvelope.Indented : JsonEnvelope.Compact))
        {
            JsonEnvelope.WriteStart(json, $"rulec.{command.Name}/1", session.Inputs, session.Problems.Written);
            json.WriteEndObject();
        }
        output.Buffer.Append((byte)'\n');
        output.Complete();
    }

    /// <summary>The word of the option that chooses the form of the result, whatever the command calls it; null without one.</summary>
    private static string? FormatOf(ParseResult arguments)
    {
        var options = arguments.CommandResult.Command.Options;
        var isToFile = options.FirstOrDefault(option => option.Name is "-o" or "--output") is Option<string?> file && arguments.GetValue(file) is not (null or "-");
        return !isToFile && options.FirstOrDefault(option => option.Name is "--format" or "--emit") is Option<string> format
            ? arguments.GetValue(format) : null;
    }
}
