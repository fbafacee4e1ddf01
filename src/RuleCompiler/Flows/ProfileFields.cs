using System.Collections.Immutable;
using System.Text.Json;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>The fields of a JSON object of a profile; each is asked for by name, and what nobody asked for is refused.</summary>
/// <param name="json">The object.</param>
internal sealed class ProfileFields(JsonElement json)
{
    private readonly List<string> _known = [];

    /// <summary>A field that must be there.</summary>
    /// <exception cref="FormatException">It is missing, or of the wrong type.</exception>
    public T Required<T>(string name, Func<JsonElement, T> read) =>
        Find(name) is { } value ? Read(name, value, read) : throw new FormatException($"the field '{name}' is missing");

    /// <summary>A field with another value where it is left out.</summary>
    /// <exception cref="FormatException">It is of the wrong type.</exception>
    public T Optional<T>(string name, Func<JsonElement, T> read, T otherwise) =>
        Find(name) is { } value ? Read(name, value, read) : otherwise;

    /// <summary>A list; a single value is no list of one.</summary>
    public ImmutableArray<T> List<T>(string name, Func<JsonElement, T> read, ImmutableArray<T> otherwise) =>
        Optional(name, list => [.. list.EnumerateArray().Select(read)], otherwise);

    /// <summary>Refuses fields that nothing has asked for: a misspelt name would else be a default taken in silence.</summary>
    public void RefuseOthers()
    {
        foreach (var property in json.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                throw new FormatException($"a profile has no field '{property.Name}'{Suggestion.For(property.Name, _known)}");
            }
        }
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return json.TryGetProperty(name, out var value) ? value : null;
    }

    private static T Read<T>(string name, JsonElement value, Func<JsonElement, T> read)
    {
        try
        {
            return read(value);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException)
        {
            throw new FormatException($"the field '{name}': {e.Message}", e);
        }
    }
}
