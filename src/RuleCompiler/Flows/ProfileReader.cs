using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Reads a profile from JSON; comments and trailing commas are allowed.</summary>
/// <remarks>A profile that <c>extends</c> a shipped one has its fields wherever it does not give its own.</remarks>
internal static class ProfileReader
{
    private static readonly JsonDocumentOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="FormatException">The text is no JSON, or a field is missing, unknown or of the wrong type; the message names it.</exception>
    public static MeshProfile Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="Read(string)"/>
    public static MeshProfile Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("a profile is a JSON object");
            }
            var profile = ReadProfile(new ProfileFields(document.RootElement));
            Check(profile);
            return profile;
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static MeshProfile ReadProfile(ProfileFields fields)
    {
        var extended = fields.Optional("extends", FindExtended, null);
        var (name, title) = (fields.Required("name", Text), fields.Required("title", Text));
        var proxy = extended is null ? fields.Required("proxy", Text) : fields.Optional("proxy", Text, extended.Proxy);
        var profile = new MeshProfile
        {
            Name = name,
            Title = title,
            Proxy = proxy,
            Agent = fields.Optional("agent", Text, extended?.Agent ?? proxy),
            ChainPrefix = fields.Optional<string?>("chainPrefix", Text, extended?.ChainPrefix),
            ProxyUids = fields.List("proxyUids", e => e.GetUInt32(), extended?.ProxyUids ?? []),
            ProxyGids = fields.List("proxyGids", e => e.GetUInt32(), extended?.ProxyGids ?? []),
            ProxyMark = fields.Optional<uint?>("proxyMark", e => e.GetUInt32(), extended?.ProxyMark),
            InboundPort = Port("inboundPort", extended?.InboundPort),
            OutboundPort = Port("outboundPort", extended?.OutboundPort),
            DnsPort = fields.Optional<ushort?>("dnsPort", e => e.GetUInt16(), extended?.DnsPort),
            AdminPort = Port("adminPort", extended?.AdminPort),
            ControlPlane = extended is null
                ? fields.Required("controlPlane", Text)
                : fields.Optional("controlPlane", Text, extended.ControlPlane),
            ControlPlanePort = Port("controlPlanePort", extended?.ControlPlanePort),
            ServedPorts = fields.List("servedPorts", e => e.GetUInt16(), extended?.ServedPorts ?? []),
            SelfPorts = fields.List("selfPorts", e => e.GetUInt16(), extended?.SelfPorts ?? []),
            TunnelPort = fields.Optional<ushort?>("tunnelPort", e => e.GetUInt16(), extended?.TunnelPort),
            CapturesSelfCalls = fields.Optional("capturesSelfCalls", e => e.GetBoolean(), extended?.CapturesSelfCalls ?? false),
            SelfCallExceptions = fields.List("selfCallExceptions", e => e.GetUInt16(), extended?.SelfCallExceptions ?? []),
            CapturesNames = fields.Optional("capturesNames", e => e.GetBoolean(), extended?.CapturesNames ?? false),
            CapturesTcpNames = fields.Optional("capturesTcpNames", e => e.GetBoolean(), extended?.CapturesTcpNames ?? true),
            ProbeSources = fields.List("probeSources", Address, extended?.ProbeSources ?? []),
            PassthroughSources = fields.List("passthroughSources", Address, extended?.PassthroughSources ?? []),
            CallsLoopback = fields.Optional("callsLoopback", e => e.GetBoolean(), extended?.CallsLoopback ?? false),
            ArticleRules = fields.List("articleRules", ReadArticleRule, extended?.ArticleRules ?? []),
            Flows = extended is null
                ? fields.Required("flows", list => list.EnumerateArray().Select(ReadFlow).ToImmutableArray())
                : fields.List("flows", ReadFlow, extended.Flows),
        };
        fields.RefuseOthers();
        return profile;

        ushort Port(string field, ushort? inherited) => inherited is { } value
            ? fields.Optional(field, e => e.GetUInt16(), value)
            : fields.Required(field, e => e.GetUInt16());
    }

    private static ArticleRule ReadArticleRule(JsonElement json)
    {
        var fields = new ProfileFields(json);
        var rule = new ArticleRule(
            fields.Required("number", e => e.GetInt32()),
            fields.Required("action", Text),
            fields.Optional<string?>("owner", Text, null),
            fields.Optional<string?>("source", Text, null),
            fields.Optional<string?>("destination", Text, null));
        fields.RefuseOthers();
        return rule;
    }

    private static FlowDefinition ReadFlow(JsonElement json)
    {
        var fields = new ProfileFields(json);
        var flow = new FlowDefinition(
            fields.Required("number", e => e.GetInt32()),
            fields.Required("name", Text),
            fields.Required("opener", Word<Role>),
            fields.Required("destination", Word<FlowDestination>),
            fields.List("captures", Word<CapturePoint>, []))
        {
            From = fields.Required("from", Text),
            To = fields.Required("to", Text),
            Protocol = fields.Optional("protocol", Protocol, "tcp"),
            Article = fields.Optional<string?>("article", Text, null),
            ArticleLegs = fields.List("articleLegs", e => e.ValueKind == JsonValueKind.Null ? (int?)null : e.GetInt32(), []),
            Note = fields.Optional<string?>("note", Text, null),
        };
        fields.RefuseOthers();
        return flow;
    }

    /// <summary>What no field says by itself: that flows can be told apart, and that there is someone to open or take them.</summary>
    private static void Check(MeshProfile profile)
    {
        var numbers = new HashSet<int>();
        foreach (var flow in profile.Flows)
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"flow {flow.Number}");
            if (flow.Number < 1 || !numbers.Add(flow.Number))
            {
                throw new FormatException($"{what}: a flow has a number of its own, from 1");
            }
            if (flow.Destination == FlowDestination.Served && profile.ServedPorts.IsEmpty)
            {
                throw new FormatException($"{what} goes to a port that the proxy serves, and 'servedPorts' names none");
            }
            if (flow.Opener == Role.Probe && profile.ProbeSources.IsEmpty)
            {
                throw new FormatException($"{what} is a health probe's, and 'probeSources' names no address");
            }
        }
    }

    private static MeshProfile? FindExtended(JsonElement name) => ProfileCatalog.Find(Text(name))
        ?? throw new FormatException($"there is no profile '{name}'; there are {string.Join(", ", ProfileCatalog.Names)}");

    private static IpAddress Address(JsonElement element) => IpAddress.TryParse(element.GetString(), out var address)
        ? address
        : throw new FormatException($"'{element}' is no address");

    private static string Protocol(JsonElement element) => Text(element) is ("tcp" or "udp") and var word
        ? word
        : throw new FormatException($"'{element}' is neither tcp nor udp");

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("null is no text");

    private static T Word<T>(JsonElement element)
        where T : struct, Enum => Enum.TryParse<T>(Text(element), ignoreCase: true, out var value) && Enum.IsDefined(value)
        ? value
        : throw new FormatException($"'{element}' is none of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
}
