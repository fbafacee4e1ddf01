using System.Globalization;
using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Scenarios;

/// <summary>Writes a first scenario file for a dump: its flows, and packets that meet each rule that can be hit.</summary>
/// <remarks>A packet stands for all rules that none before it meets, so that the file stays as short as it can be.</remarks>
internal sealed class ScenarioStarter
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ScenarioEnvironment _environment;
    private readonly bool _namesFamily;

    private ScenarioStarter(Compilation compilation)
    {
        _environment = new ScenarioEnvironment([compilation], null, null);
        _namesFamily = compilation.Families.Length > 1;
    }

    /// <param name="compilation">The dump, without errors.</param>
    /// <param name="path">Its path, as the scenario file has it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The text piece by piece, as packets are found.</returns>
    public static IEnumerable<string> Write(Compilation compilation, string path, CancellationToken cancellation)
    {
        var starter = new ScenarioStarter(compilation);
        yield return $"# What these rules do today. Keep what shall stay so, and say what it is for.\ndump {Quote(path)}\n";
        if (!starter._environment.PlayFlows().IsEmpty)
        {
            yield return $"\nscenario {Quote(starter.NameOf("the flows of the sidecar"))}\n  flows\n  snapshot\n";
        }
        foreach (var ruleset in starter._environment.Rulesets)
        {
            var packets = new RulePackets(ruleset, starter._environment.For(ruleset.Family), cancellation);
            foreach (var packet in packets.Find())
            {
                yield return starter.Scenario(packet);
            }
            if (packets.TooUnknown > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"\n# Left out: {packets.TooUnknown} rules whose packets have too many possible outcomes.\n");
            }
            if (packets.Undecided.Count > 0)
            {
                yield return $"\n# Not decided in time, so without a packet: {string.Join(", ", packets.Undecided)}.\n";
            }
        }
    }

    private string Scenario(RulePacket found)
    {
        var (packet, rule, hits) = found;
        var family = _namesFamily ? $"{packet.Family.Name()} " : "";
        var name = string.Create(CultureInfo.InvariantCulture, $"{family}{rule.Table.Name()} {rule.Chain} rule {rule.Rule}");
        _text.Clear().Append($"\nscenario {Quote(NameOf(name))}\n  packet {PacketExpression.Format(packet)}\n");
        foreach (var (met, isAlways) in hits)
        {
            _text.Append($"  expect {(isAlways ? "" : "maybe ")}hits {Word(met.ToString())}\n");
        }
        return _text.ToString();
    }

    /// <summary>A name of its own, as snapshots' files need it.</summary>
    private string NameOf(string name)
    {
        var candidate = name;
        for (var number = 2; !_names.Add(Scenarios.Scenario.ToKebabCase(candidate)); number++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
        }
        return candidate;
    }

    private static string Word(string text) => text.Any(c => c is ' ' or '#' or '"' or ',' or '!') ? Quote(text) : text;

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
