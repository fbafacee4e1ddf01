using System.Globalization;
using System.Text;
using System.Text.Json;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Reads a profile from JSON; comments and trailing commas are allowed.</summary>
internal static class ProfileReader
{
    private static readonly JsonDocumentOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="FormatException">The text is no JSON, or a field is missing or of the wrong type; the message names it.</exception>
    public static MeshProfile Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="Read(string)"/>
    public static MeshProfile Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return ReadProfile(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static MeshProfile ReadProfile(JsonElement root) => new()
    {
        Name = Text(root, "name"),
        Title = Text(root, "title"),
        Proxy = Text(root, "proxy"),
        Agent = OptionalText(root, "agent") ?? Text(root, "proxy"),
        ChainPrefix = OptionalText(root, "chainPrefix"),
        ProxyUids = [.. List(root, "proxyUids").Select(e => e.GetUInt32())],
        ProxyGids = [.. List(root, "proxyGids").Select(e => e.GetUInt32())],
        ProxyMark = root.TryGetProperty("proxyMark", out var mark) ? mark.GetUInt32() : null,
        InboundPort = root.GetProperty("inboundPort").GetUInt16(),
        OutboundPort = root.GetProperty("outboundPort").GetUInt16(),
        DnsPort = root.TryGetProperty("dnsPort", out var dns) ? dns.GetUInt16() : null,
        AdminPort = root.GetProperty("adminPort").GetUInt16(),
        ControlPlane = Text(root, "controlPlane"),
        ControlPlanePort = root.GetProperty("controlPlanePort").GetUInt16(),
        ServedPorts = [.. List(root, "servedPorts").Select(e => e.GetUInt16())],
        SelfPorts = [.. List(root, "selfPorts").Select(e => e.GetUInt16())],
        TunnelPort = root.TryGetProperty("tunnelPort", out var tunnel) ? tunnel.GetUInt16() : null,
        CapturesSelfCalls = Flag(root, "capturesSelfCalls", false),
        SelfCallExceptions = [.. List(root, "selfCallExceptions").Select(e => e.GetUInt16())],
        CapturesTcpNames = Flag(root, "capturesTcpNames", true),
        ProbeSources = [.. List(root, "probeSources").Select(ReadAddress)],
        PassthroughSources = [.. List(root, "passthroughSources").Select(ReadAddress)],
        ArticleRules = [.. List(root, "articleRules").Select(ReadArticleRule)],
        Flows = [.. List(root, "flows").Select(ReadFlow)],
    };

    private static ArticleRule ReadArticleRule(JsonElement rule) => new(
        rule.GetProperty("number").GetInt32(),
        Text(rule, "action"),
        OptionalText(rule, "owner"),
        OptionalText(rule, "source"),
        OptionalText(rule, "destination"));

    private static FlowDefinition ReadFlow(JsonElement flow) => new(
        flow.GetProperty("number").GetInt32(),
        Text(flow, "name"),
        Word<Role>(flow, "opener"),
        Word<FlowDestination>(flow, "destination"),
        [.. List(flow, "captures").Select(e => Parse<CapturePoint>(e.GetString() ?? ""))])
    {
        From = Text(flow, "from"),
        To = Text(flow, "to"),
        Protocol = OptionalText(flow, "protocol") ?? "tcp",
        Article = OptionalText(flow, "article"),
        ArticleLegs = [.. List(flow, "articleLegs").Select(e => e.ValueKind == JsonValueKind.Null ? (int?)null : e.GetInt32())],
        Note = OptionalText(flow, "note"),
    };

    private static IpAddress ReadAddress(JsonElement element) => IpAddress.TryParse(element.GetString(), out var address)
        ? address
        : throw new FormatException($"'{element}' is no address");

    private static JsonElement.ArrayEnumerator List(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    private static bool Flag(JsonElement parent, string name, bool otherwise) =>
        parent.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;

    private static string Text(JsonElement parent, string name) => OptionalText(parent, name)
        ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the field '{name}' is missing"));

    private static string? OptionalText(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static T Word<T>(JsonElement parent, string name)
        where T : struct, Enum => Parse<T>(Text(parent, name));

    private static T Parse<T>(string word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var value)
        ? value
        : throw new FormatException($"'{word}' is none of {string.Join(", ", Enum.GetNames<T>())}");
}
