using System.Globalization;
using System.Text;
using RuleCompiler.Binding;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>Writes a first scenario file for a dump: its flows, and a packet for each rule that can be hit.</summary>
internal sealed class ScenarioStarter
{
    private const long StepsARule = 1_000_000;

    /// <summary>After so many searches without an answer in time, no more is begun.</summary>
    private const int MostGivenUp = 20;

    private const int MostRules = 2000;
    private const int PacketsTried = 8;

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Rules on the way of a packet that was found for another.</summary>
    private readonly Dictionary<RuleReference, Packet> _met = [];

    private readonly ScenarioEnvironment _environment;
    private readonly CancellationToken _cancellation;
    private int _ruleCount;
    private int _givenUp;
    private int _tooUnknown;

    private ScenarioStarter(Compilation compilation, CancellationToken cancellation)
    {
        _environment = new ScenarioEnvironment([compilation], null, null);
        _cancellation = cancellation;
    }

    /// <param name="compilation">The dump, without errors.</param>
    /// <param name="path">Its path, as the scenario file has it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static string Write(Compilation compilation, string path, CancellationToken cancellation)
    {
        var starter = new ScenarioStarter(compilation, cancellation);
        starter._text.Append($"# What these rules do today. Keep what shall stay so, and say what it is for.\ndump {Quote(path)}\n");
        starter.WriteFlows();
        foreach (var ruleset in starter._environment.Rulesets)
        {
            starter.WriteRules(ruleset, namesFamily: compilation.Families.Length > 1);
        }
        if (starter._tooUnknown > 0)
        {
            starter._text.Append(CultureInfo.InvariantCulture, $"\n# Left out: {starter._tooUnknown} rules whose packets have too many possible outcomes.\n");
        }
        return starter._text.ToString();
    }

    private void WriteFlows()
    {
        if (!_environment.PlayFlows().IsEmpty)
        {
            _text.Append($"\nscenario {Quote(NameOf("the flows of the sidecar"))}\n  flows\n  snapshot\n");
        }
    }

    private void WriteRules(BoundRuleset ruleset, bool namesFamily)
    {
        var rules = _environment.For(ruleset.Family);
        var space = SpaceExpression.Parse(SourceText.From("* * -> *")).Space;
        var arriving = SpaceExpression.Parse(SourceText.From("* * -> * in *")).Space;
        if (space is null || arriving is null)
        {
            throw new InvalidOperationException("the space of all packets cannot be read");
        }
        _met.Clear();
        var budget = new StepBudget(StepsARule, _cancellation);
        var search = new SpaceSearch(rules.Tables, rules.Host, [space, arriving], budget);
        var teller = new OutcomeTeller(search.Layout, new DiffSide(_environment.OwnerOf(ruleset.Family), ruleset.Family, rules.Host));
        var guesses = new RuleSpaces(ruleset);
        foreach (var chain in ruleset.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                if (++_ruleCount > MostRules)
                {
                    _text.Append(CultureInfo.InvariantCulture, $"\n# The dump has more rules; these are the first {MostRules}.\n");
                    return;
                }
                var place = new RuleReference(chain.Symbol.Table, chain.Symbol.Name, rule.Number);
                SpaceExpression[] guessed = [guesses.Narrow(arriving, chain, rule), guesses.Narrow(space, chain, rule)];
                if ((FindPacket(search, teller, budget, guessed, place) ?? FindPacket(search, teller, budget, [arriving, space], place)) is { } packet)
                {
                    if (IsAlwaysHit(rules.Evaluator, packet, place) is not { } isAlways)
                    {
                        _tooUnknown++;
                        continue;
                    }
                    var family = namesFamily ? $"{ruleset.Family.Name()} " : "";
                    var name = string.Create(CultureInfo.InvariantCulture, $"{family}{place.Table.Name()} {place.Chain} rule {place.Rule}");
                    _text.Append($"\nscenario {Quote(NameOf(name))}\n  packet {PacketExpression.Format(packet)}\n")
                        .Append($"  expect {(isAlways ? "" : "maybe ")}hits {Word(place.ToString())}\n");
                }
            }
        }
    }

    /// <summary>A packet whose trace has the rule; null where none can, or none is found within the budget.</summary>
    private Packet? FindPacket(
        SpaceSearch search, OutcomeTeller teller, StepBudget budget, IReadOnlyList<SpaceExpression> spaces, RuleReference place)
    {
        if (_met.TryGetValue(place, out var known))
        {
            return known;
        }
        budget.Reset();
        try
        {
            foreach (var cell in _givenUp > MostGivenUp ? [] : spaces.SelectMany(space => search.Run(space, place)).Where(cell => cell.IsHit))
            {
                var unknowns = search.UnknownsOf(cell);
                for (var attempt = 0; attempt < PacketsTried; attempt++)
                {
                    var packet = unknowns.Complete(search.Witnesses.Pick(cell.Box, attempt));
                    if (teller.Show(cell.Way, packet, unknowns.Untold) is { } trace && trace.Steps.Any(place.IsAt))
                    {
                        foreach (var step in unknowns.Untold.IsEmpty ? trace.Steps.Where(step => step.Rule is not null) : [])
                        {
                            _met.TryAdd(new RuleReference(step.Table, step.Chain, step.Rule ?? 0), packet);
                        }
                        return packet;
                    }
                }
            }
        }
        catch (OutOfStepsException)
        {
            _givenUp++;
        }
        return null;
    }

    /// <summary>Whether every possible outcome of the packet meets the rule; null where there are too many to tell.</summary>
    private static bool? IsAlwaysHit(Evaluator evaluator, Packet packet, RuleReference place)
    {
        try
        {
            return evaluator.Trace(packet).All(trace => trace.Steps.Any(place.IsAt));
        }
        catch (EvaluationLimitException)
        {
            return null;
        }
    }

    /// <summary>A name of its own, as snapshots' files need it.</summary>
    private string NameOf(string name)
    {
        var candidate = name;
        for (var number = 2; !_names.Add(Scenario.ToKebabCase(candidate)); number++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
        }
        return candidate;
    }

    private static string Word(string text) => text.Any(c => c is ' ' or '#' or '"' or ',' or '!') ? Quote(text) : text;

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
