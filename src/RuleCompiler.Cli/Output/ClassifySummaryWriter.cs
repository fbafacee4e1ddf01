using System.Globalization;
using System.Runtime.InteropServices;
using RuleCompiler.Cli.Input;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Cli.Output;

/// <summary>Counts packets by verdict, flow and deciding rule, the most first, and prints three tables; then the first lines that are no packets.</summary>
internal sealed class ClassifySummaryWriter(ResultOutput output) : IClassifyWriter
{
    private const int ShownProblems = 10;

    private readonly Counts _all = new();

    public void Start()
    {
        // what is counted is printed at the end
    }

    public IClassifyPart CreatePart() => new Part(_all);

    public void End()
    {
        AppendLine(string.Create(CultureInfo.InvariantCulture, $"packets  {_all.Packets}"));
        if (_all.Errors > 0)
        {
            AppendLine(string.Create(CultureInfo.InvariantCulture, $"not read {_all.Errors}"));
        }
        AppendTable("verdict", _all.Verdicts);
        AppendTable("flow", _all.Flows);
        AppendTable("decided by", _all.Rules);
        AppendProblems();
    }

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

    private void AppendProblems()
    {
        if (_all.Problems.Count == 0)
        {
            return;
        }
        var width = _all.Problems[^1].Number.ToString(CultureInfo.InvariantCulture).Length;
        AppendLine("");
        AppendLine("not read, by line or frame");
        foreach (var (number, problem) in _all.Problems)
        {
            AppendLine($"  {number.ToString(CultureInfo.InvariantCulture).PadLeft(width)}  {problem}");
        }
        if (_all.Errors > _all.Problems.Count)
        {
            AppendLine(string.Create(CultureInfo.InvariantCulture, $"  and {_all.Errors - _all.Problems.Count} more"));
        }
    }

    private void AppendLine(string line)
    {
        output.Buffer.AppendDisplayed(line);
        output.Buffer.Append((byte)'\n');
    }

    private sealed class Counts
    {
        public Dictionary<string, long> Verdicts { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, long> Flows { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, long> Rules { get; } = new(StringComparer.Ordinal);

        public long Packets { get; set; }

        public long Errors { get; private set; }

        /// <summary>The first of them.</summary>
        public List<(long Number, string Problem)> Problems { get; } = [];

        public void AddProblem(in ClassifiedPacket packet)
        {
            Errors++;
            if (packet.Error is var (id, message) && Problems.Count < ShownProblems)
            {
                Problems.Add((packet.Number, $"{id}: {message}"));
            }
        }

        public void Add(Counts other)
        {
            Add(Verdicts, other.Verdicts);
            Add(Flows, other.Flows);
            Add(Rules, other.Rules);
            Packets += other.Packets;
            Errors += other.Errors;
            Problems.AddRange(other.Problems.Take(ShownProblems - Problems.Count));
        }

        private static void Add(Dictionary<string, long> sums, Dictionary<string, long> counts)
        {
            foreach (var (key, count) in counts)
            {
                sums[key] = sums.GetValueOrDefault(key) + count;
            }
        }
    }

    private sealed class Part(Counts all) : IClassifyPart
    {
        private readonly Dictionary<(ChainSymbol?, int?), string> _places = [];
        private Counts _counts = new();

        public bool TryRepeat(in PacketRecord record)
        {
            if (record.Line?.Answer is not CountedPacket known)
            {
                return false;
            }
            Count(known);
            return true;
        }

        public void Write(in ClassifiedPacket packet)
        {
            if (packet.Error is not null)
            {
                _counts.AddProblem(packet);
                return;
            }
            var outcome = packet.Outcomes[0].Classification;
            var counted = new CountedPacket(
                !packet.IsUnknown && outcome.IsLost ? $"{packet.Verdict}, lost in routing" : packet.Verdict,
                packet.Flow?.ToString(CultureInfo.InvariantCulture) ?? "none",
                packet.IsUnknown ? "hangs on unknowns" : Place(outcome));
            if (packet.Record.Line is { } line)
            {
                line.Answer = counted;
            }
            Count(counted);
        }

        public void Complete()
        {
            all.Add(_counts);
            _counts = new Counts();
        }

        public void Dispose()
        {
            // nothing is held
        }

        private void Count(CountedPacket packet)
        {
            _counts.Packets++;
            Count(_counts.Verdicts, packet.Verdict);
            Count(_counts.Flows, packet.Flow);
            Count(_counts.Rules, packet.Rule);
        }

        private static void Count(Dictionary<string, long> counts, string key) =>
            CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;

        private string Place(in Classification outcome)
        {
            if (!_places.TryGetValue((outcome.Chain, outcome.RuleNumber), out var place))
            {
                _places.Add((outcome.Chain, outcome.RuleNumber), place = Describe(outcome));
            }
            return place;
        }

        private static string Describe(in Classification outcome) => outcome switch
        {
            { Chain: null } => "no chain",
            { Chain: { } chain, RuleNumber: { } rule } =>
                string.Create(CultureInfo.InvariantCulture, $"{chain.Table.Name()}:{chain.Name}:{rule}  line {outcome.Line}"),
            { Chain: { } chain } => $"{chain.Table.Name()}:{chain.Name}  policy",
        };

        /// <summary>Where a packet counts.</summary>
        private sealed record CountedPacket(string Verdict, string Flow, string Rule);
    }
}
