using System.Text.Json;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>One case of the recorded kernel traces; the format is that of <c>kernel-traces/README.md</c>.</summary>
internal sealed record RecordedCase(string Topic, string Name, JsonElement Json)
{
    /// <summary>Files of another format than traces.</summary>
    private static readonly string[] OtherFiles = ["format", "refused"];

    public string Dump => Text("dump");

    public string Packet => Text("packet");

    public string Host => Json.GetProperty("host").GetRawText();

    public Family Family => Text("family") == "ipv6" ? Family.IPv6 : Family.IPv4;

    /// <summary>The flavours that showed this trace.</summary>
    public IEnumerable<Flavour> Flavours => Text("flavour") switch
    {
        "nft" => [Flavour.Nft],
        "legacy" => [Flavour.Legacy],
        _ => [Flavour.Nft, Flavour.Legacy],
    };

    /// <summary>The possible outcomes, each as text with one line for each thing that is compared.</summary>
    public IEnumerable<string> Expected => Json.GetProperty("expect").EnumerateArray().Select(trace => ComparableTrace.Of(trace, Lost));

    private string? Lost => Json.TryGetProperty("lost", out var lost) ? lost.GetString() : null;

    /// <summary>All cases, by topic and in the order recorded; none where the data is absent.</summary>
    public static IEnumerable<RecordedCase> ReadAll()
    {
        foreach (var path in SharedData.Files("kernel-traces", "*.json"))
        {
            var topic = Path.GetFileNameWithoutExtension(path);
            if (OtherFiles.Contains(topic))
            {
                continue;
            }
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            foreach (var one in document.RootElement.EnumerateArray())
            {
                yield return new RecordedCase(topic, one.GetProperty("name").GetString() ?? "", one.Clone());
            }
        }
    }

    private string Text(string property) => Json.GetProperty(property).GetString() ?? "";
}
