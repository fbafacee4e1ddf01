using System.Text.Json;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>JSON objects, one a line; blank lines are passed by.</summary>
internal sealed class NdjsonList(LineReader lines, Action<string> onUnknownField) : IPacketList
{
    private readonly PacketFields _fields = new();

    public bool Read(out PacketRecord record)
    {
        while (lines.ReadLine(out var isTooLong) is { } line)
        {
            if (isTooLong || !string.IsNullOrWhiteSpace(line))
            {
                var (packet, problem) = isTooLong ? (null, PacketLists.TooLong) : Parse(line);
                record = new PacketRecord(lines.LineNumber, packet, problem);
                return true;
            }
        }
        record = default;
        return false;
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
                    onUnknownField(property.Name);
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
