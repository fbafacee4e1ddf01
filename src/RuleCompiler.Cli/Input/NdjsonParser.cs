using System.Text;
using System.Text.Json;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>JSON objects, one a line; blank lines are passed by.</summary>
/// <remarks>Objects of the usual fields are read by <see cref="FlatObjectReader"/>, all others as JSON in general.</remarks>
internal sealed class NdjsonParser : ILineParser
{
    private readonly PacketFields _fields = new();
    private readonly List<string> _unknownFields = [];
    private readonly FlatObjectReader _flat = new();

    public IReadOnlyCollection<string> UnknownFields => _unknownFields;

    public bool TryParse(ReadOnlySpan<byte> line, out Packet? packet, out string? problem)
    {
        problem = null;
        if (_flat.Read(line) is { } usual)
        {
            packet = usual;
            return true;
        }
        var text = Encoding.UTF8.GetString(line);
        (packet, problem) = string.IsNullOrWhiteSpace(text) ? (null, null) : Parse(text);
        return packet is not null || problem is not null;
    }

    private (Packet? Packet, string? Problem) Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, "Not a JSON object");
            }
            _fields.Clear();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (PacketFields.Find(property.Name) is not { } field)
                {
                    if (!_unknownFields.Contains(property.Name))
                    {
                        _unknownFields.Add(property.Name);
                    }
                }
                else if (TextOf(property.Value) is not { } value)
                {
                    return (null, $"The field '{property.Name}' is neither a text nor a number");
                }
                else if (!_fields.TryAdd(field, value))
                {
                    return (null, $"The field '{property.Name}' is given twice");
                }
            }
            return _fields.ToPacket();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, e is JsonException { BytePositionInLine: { } position } ? $"Not JSON at byte {position + 1}" : "Not JSON: text that is not Unicode");
        }
    }

    /// <summary>A value as a clause would have it; lists become comma lists, null is an absent field.</summary>
    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number) =>
            string.Join(',', value.EnumerateArray().Select(TextOf)),
        _ => null,
    };
}
