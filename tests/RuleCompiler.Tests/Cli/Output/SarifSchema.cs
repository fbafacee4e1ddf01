using System.Text.Json;

namespace RuleCompiler.Tests.Cli.Output;

/// <summary>What the JSON schema of SARIF 2.1.0 says of the objects that a lint report has.</summary>
/// <remarks>Source: OASIS, sarif-schema-2.1.0: all these objects but property bags allow no other fields.</remarks>
internal static class SarifSchema
{
    private const string Text = "text";
    private const string Flag = "flag";
    private const string Place = "place";
    private const string Index = "index";
    private const string Bag = "bag";

    /// <summary>For each object its fields: <c>!</c> for a required one, <c>[]</c> for a list, then the words allowed or the type.</summary>
    private static readonly Dictionary<string, (string Field, string Type)[]> Objects = new(StringComparer.Ordinal)
    {
        ["log"] = [("$schema", Text), ("version!", "2.1.0|"), ("runs!", "run[]")],
        ["run"] =
        [
            ("tool!", "tool"), ("invocations", "invocation[]"), ("columnKind", "utf16CodeUnits|unicodeCodePoints"), ("results", "result[]"),
            ("artifacts", "artifact[]"),
        ],
        ["tool"] = [("driver!", "driver")],
        ["driver"] = [("name!", Text), ("version", Text), ("semanticVersion", Text), ("informationUri", Text), ("rules", "rule[]")],
        ["rule"] =
        [
            ("id!", Text), ("name", Text), ("shortDescription", "message"), ("fullDescription", "message"), ("help", "message"),
            ("defaultConfiguration", "configuration"),
        ],
        ["configuration"] = [("level", "none|note|warning|error"), ("enabled", Flag)],
        ["invocation"] = [("executionSuccessful!", Flag), ("toolExecutionNotifications", "notification[]")],
        ["notification"] = [("message!", "message"), ("level", "none|note|warning|error"), ("locations", "location[]")],
        ["message"] = [("text!", Text), ("markdown", Text)],
        ["result"] =
        [
            ("ruleId", Text), ("ruleIndex", Index), ("level", "none|note|warning|error"), ("message!", "message"), ("locations", "location[]"),
            ("relatedLocations", "location[]"), ("fixes", "fix[]"), ("partialFingerprints", Bag), ("suppressions", "suppression[]"), ("properties", Bag),
        ],
        ["location"] = [("physicalLocation", "physicalLocation"), ("logicalLocations", "logicalLocation[]"), ("message", "message")],
        ["physicalLocation"] = [("artifactLocation", "artifactLocation"), ("region", "region")],
        ["artifactLocation"] = [("uri", "uri"), ("uriBaseId", Text), ("index", Index)],
        ["region"] = [("startLine", Place), ("startColumn", Place), ("endLine", Place), ("endColumn", Place)],
        ["logicalLocation"] = [("name", Text), ("fullyQualifiedName", Text), ("kind", Text)],
        ["fix"] = [("description", "message"), ("artifactChanges!", "artifactChange[]")],
        ["artifactChange"] = [("artifactLocation!", "artifactLocation"), ("replacements!", "replacement[]")],
        ["replacement"] = [("deletedRegion!", "region"), ("insertedContent", "message")],
        ["suppression"] = [("kind!", "inSource|external"), ("justification", Text), ("status", "accepted|underReview|rejected")],
    };

    /// <summary>What is wrong with a log, each with where; empty where it is valid.</summary>
    public static IEnumerable<string> Violations(JsonElement log) => Check(log, "log", "$");

    private static IEnumerable<string> Check(JsonElement value, string type, string path)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return value.ValueKind != JsonValueKind.Array
                ? [$"{path}: no list"]
                : value.EnumerateArray().SelectMany((item, index) => Check(item, type[..^2], $"{path}[{index}]"));
        }
        if (!Objects.TryGetValue(type, out var fields))
        {
            return IsOfType(value, type) ? [] : [$"{path}: '{value}' is no {type}"];
        }
        return value.ValueKind != JsonValueKind.Object ? [$"{path}: no object"] : CheckFields(value, fields, path);
    }

    private static IEnumerable<string> CheckFields(JsonElement value, (string Field, string Type)[] fields, string path)
    {
        foreach (var property in value.EnumerateObject())
        {
            var known = fields.FirstOrDefault(field => field.Field.TrimEnd('!') == property.Name);
            foreach (var violation in known.Type is null ? [$"{path}: no field '{property.Name}'"] : Check(property.Value, known.Type, $"{path}.{property.Name}"))
            {
                yield return violation;
            }
        }
        foreach (var (field, _) in fields.Where(field => field.Field.EndsWith('!') && !value.TryGetProperty(field.Field.TrimEnd('!'), out _)))
        {
            yield return $"{path}: '{field.TrimEnd('!')}' is missing";
        }
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        Text => value.ValueKind == JsonValueKind.String,
        Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        Place => value.ValueKind == JsonValueKind.Number && value.GetInt32() >= 1,
        Index => value.ValueKind == JsonValueKind.Number && value.GetInt32() >= 0,
        Bag => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.String),
        "uri" => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } uri
            && Uri.IsWellFormedUriString(uri, UriKind.RelativeOrAbsolute),
        _ => value.ValueKind == JsonValueKind.String && type.Split('|').Contains(value.GetString()),
    };
}
