using System.Text.Json;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Binding;

/// <summary>A recorded rule set that at least one flavour of the real tools refuses to load.</summary>
/// <param name="Name">Its name in the recording.</param>
/// <param name="Family">The family it was loaded for.</param>
/// <param name="Input">What the tools read.</param>
/// <param name="Flavour">Whose answer this is.</param>
/// <param name="IsRefused">The answer.</param>
/// <param name="Message">What the tool said; empty where it loaded the rules.</param>
internal sealed record RefusedCase(
    string Name, Family Family, string Input, Flavour Flavour, bool IsRefused, string Message)
{
    /// <summary>All of them, two for each input; none where the data is absent.</summary>
    public static IEnumerable<RefusedCase> ReadAll()
    {
        foreach (var path in SharedData.Files("kernel-traces", "refused.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            foreach (var one in document.RootElement.EnumerateArray())
            {
                yield return Read(one, "nft", Flavour.Nft);
                yield return Read(one, "legacy", Flavour.Legacy);
            }
        }
    }

    private static RefusedCase Read(JsonElement one, string property, Flavour flavour)
    {
        var answer = one.GetProperty(property);
        return new RefusedCase(
            $"{Text(one, "name")}-{property}",
            Text(one, "family") == "ipv6" ? Family.IPv6 : Family.IPv4,
            Text(one, "input"),
            flavour,
            answer.GetProperty("refused").GetBoolean(),
            answer.TryGetProperty("message", out var message) ? message.GetString() ?? "" : "");
    }

    private static string Text(JsonElement one, string property) => one.GetProperty(property).GetString() ?? "";
}
