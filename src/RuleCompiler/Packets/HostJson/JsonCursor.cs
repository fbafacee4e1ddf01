using System.Text.Json;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.HostJson;

/// <summary>Walks through JSON value by value, and reports what has the wrong type where it stands.</summary>
/// <remarks>Wherever a value is read, the cursor stands on it; reading it leaves the cursor on its last token.</remarks>
internal ref struct JsonCursor
{
    private readonly SourceText _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly int _start;
    private Utf8JsonReader _reader;

    public JsonCursor(SourceText text, DiagnosticBag diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
        _start = text.Bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        _reader = new Utf8JsonReader(
            text.Bytes[_start..], new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        _reader.Read();
    }

    /// <summary>Name of the field whose value this is, for messages.</summary>
    public string Field { get; private set; } = "";

    /// <summary>Where the current token stands.</summary>
    public readonly TextSpan Span => TextSpan.FromBounds(_start + (int)_reader.TokenStartIndex, _start + (int)_reader.BytesConsumed);

    /// <summary>Whether the current value is a number.</summary>
    public readonly bool IsNumber => _reader.TokenType == JsonTokenType.Number;

    /// <summary>Whether the value is an object, which is then entered; else it is reported and passed by.</summary>
    public bool EnterObject() => Enter(JsonTokenType.StartObject, "an object");

    /// <summary>The same for a list.</summary>
    public bool EnterArray(string ofWhat) => Enter(JsonTokenType.StartArray, $"a list of {ofWhat}");

    /// <summary>Goes to the next field's name; false behind the last one.</summary>
    public bool NextField(out string name)
    {
        _reader.Read();
        name = _reader.TokenType == JsonTokenType.PropertyName ? GetText() : "";
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Goes from a field's name to its value.</summary>
    public void ToValue(string name)
    {
        Field = name;
        _reader.Read();
    }

    /// <summary>Goes to the next item of a list; false behind the last one.</summary>
    public bool NextItem()
    {
        _reader.Read();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Passes the value by.</summary>
    public void Skip() => _reader.Skip();

    /// <summary>Reads to the end, where nothing may follow.</summary>
    public void Finish() => _reader.Read();

    public string? String(string needs = "a text")
    {
        if (_reader.TokenType == JsonTokenType.String)
        {
            return GetText();
        }
        ReportType(needs);
        return null;
    }

    public bool? Boolean()
    {
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _reader.TokenType == JsonTokenType.True;
        }
        ReportType("true or false");
        return null;
    }

    /// <summary>A whole number from 0 to <paramref name="max"/>.</summary>
    public uint? Number(uint max)
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetUInt32(out var number) && number <= max)
        {
            return number;
        }
        ReportType($"a number from 0 to {max}");
        return null;
    }

    public readonly void Report(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<string> arguments) =>
        _diagnostics.Report(descriptor.At(new Location(_text, span), [.. arguments]));

    /// <summary>Reports a text that is not what its field needs.</summary>
    public readonly void ReportValue(string value, string needs) => Report(HostDiagnostics.BadHostValue, Span, Field, value, needs);

    /// <exception cref="JsonException">The text is not Unicode.</exception>
    private readonly string GetText()
    {
        try
        {
            return _reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            var line = _text.GetLineIndex(Span.Start);
            throw new JsonException("the text is not Unicode", null, line, Span.Start - _text.GetLineStart(line));
        }
    }

    private bool Enter(JsonTokenType type, string needs)
    {
        if (_reader.TokenType == type)
        {
            return true;
        }
        ReportType(needs);
        return false;
    }

    private void ReportType(string needs)
    {
        Report(HostDiagnostics.WrongType, Span, Field.Length == 0 ? "host" : Field, needs);
        _reader.Skip();
    }
}
