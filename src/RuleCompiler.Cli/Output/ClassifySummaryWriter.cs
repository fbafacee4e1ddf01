using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>Counts packets by verdict, flow and deciding rule, the most first, and prints three tables.</summary>
internal sealed class ClassifySummaryWriter(ResultOutput output) : IClassifyWriter
{
    private readonly Dictionary<string, long> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _flows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _rules = new(StringComparer.Ordinal);
    private long _packets;
    private long _errors;

    public void Start()
    {
    }

    public void Write(ClassifiedPacket packet)
    {
        if (packet.Error is not null)
        {
            _errors++;
            return;
        }
        _packets++;
        var outcome = packet.Outcomes[0].Classification;
        Count(_verdicts, !packet.IsUnknown && outcome.IsLost ? $"{packet.Verdict}, lost in routing" : packet.Verdict);
        Count(_flows, packet.Flow?.ToString(CultureInfo.InvariantCulture) ?? "none");
        Count(_rules, packet.IsUnknown ? "hangs on unknowns" : Describe(outcome));
    }

    public void End()
    {
        AppendLine(string.Create(CultureInfo.InvariantCulture, $"packets  {_packets}"));
        if (_errors > 0)
        {
            AppendLine(string.Create(CultureInfo.InvariantCulture, $"not read {_errors}"));
        }
        AppendTable("verdict", _verdicts);
        AppendTable("flow", _flows);
        AppendTable("decided by", _rules);
    }

    public void Dispose()
    {
    }

    private static string Describe(in Classification outcome) => outcome switch
    {
        { Chain: null } => "no chain",
        { Chain: { } chain, RuleNumber: { } rule } =>
            string.Create(CultureInfo.InvariantCulture, $"{chain.Table.Name()}:{chain.Name}:{rule}  line {outcome.Line}"),
        { Chain: { } chain } => $"{chain.Table.Name()}:{chain.Name}  policy",
    };

    private static void Count(Dictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private void AppendTable(string title, Dictionary<string, long> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }
        var width = counts.Values.Max().ToString(CultureInfo.InvariantCulture).Length;
        AppendLine("");
        AppendLine(title);
        foreach (var (key, count) in counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal))
        {
            AppendLine($"  {count.ToString(CultureInfo.InvariantCulture).PadLeft(width)}  {key}");
        }
    }

    private void AppendLine(string line)
    {
        output.Buffer.AppendDisplayed(line);
        output.Buffer.Append((byte)'\n');
    }
}
