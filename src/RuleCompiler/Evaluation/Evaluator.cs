using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation.Classifier;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Sends packets through a ruleset on a host, and says what becomes of them.</summary>
/// <remarks>An evaluator serves one thread at a time; rules and host facts may be shared by many.</remarks>
public sealed class Evaluator
{
    /// <summary>So many unknowns are named where there are too many.</summary>
    private const int UnknownsNamed = 3;

    private readonly CompiledRuleset _rules;
    private readonly PacketState _state;
    private readonly Unknowns _unknowns = new();
    private readonly RowTester _tester;
    private readonly Journey _journey;
    private readonly ClassificationSink _classification = new();
    private readonly Host _host;
    private readonly ChainClassifiers _classifiers;
    private readonly FailedTestFinder? _failures;

    /// <param name="compilation">A compilation without errors.</param>
    /// <param name="family">The family of the packets.</param>
    /// <param name="host">The machine.</param>
    /// <exception cref="ArgumentException">The dump has no section of the family.</exception>
    public Evaluator(Compilation compilation, Family family, HostFacts host)
        : this(
            compilation.GetTables(family) ?? throw new ArgumentException("The dump has no section of this family", nameof(family)),
            host) =>
        _failures = compilation.GetRuleset(family) is { } bound ? new FailedTestFinder(bound, _rules, _state, _tester) : null;

    /// <param name="rules">The rules.</param>
    /// <param name="host">The machine.</param>
    /// <param name="classifiers">The rules' classifiers; null for ones of its own.</param>
    internal Evaluator(CompiledRuleset rules, HostFacts host, ChainClassifiers? classifiers = null)
        : this(rules, new Host(host), classifiers ?? new ChainClassifiers(rules))
    {
    }

    private Evaluator(CompiledRuleset rules, Host host, ChainClassifiers classifiers)
    {
        _rules = rules;
        _host = host;
        _classifiers = classifiers;
        _state = new PacketState(rules, host);
        _tester = new RowTester(rules, _state, _unknowns);
        var translator = new NatTranslator(_state);
        var walk = new ChainWalk(
            rules, _state, _tester, new EffectApplier(_state), translator, _unknowns, _classifiers);
        _journey = new Journey(rules, _state, walk, translator, new RoutingMark(_state, _unknowns));
    }

    /// <summary>An evaluator of the same rules and host for another thread; what is prepared for streams is shared.</summary>
    /// <remarks>Its traces do not say which option of a rule failed.</remarks>
    internal Evaluator Share() => new(_rules, _host, _classifiers);

    /// <summary>Every rule that a packet meets, in kernel order, and what becomes of it.</summary>
    /// <param name="packet">A packet of the rules' family.</param>
    /// <param name="options">What to assume, and what to show.</param>
    /// <returns>One trace for each possible outcome of the unknowns met; exactly one where there is none.</returns>
    /// <exception cref="ArgumentException">The packet is of the other family.</exception>
    /// <exception cref="EvaluationLimitException">There are more outcomes than allowed, or the chains run in a circle.</exception>
    public ImmutableArray<Trace> Trace(Packet packet, TraceOptions? options = null)
    {
        options ??= TraceOptions.Default;
        var sink = new TraceSink(options.IncludesPassedRules, _failures);
        var traces = ImmutableArray.CreateBuilder<Trace>(1);
        Start(packet, options);
        do
        {
            if (traces.Count >= options.MaxOutcomes)
            {
                throw TooMany(traces[^1].Assumptions, options);
            }
            traces.Add(TraceOnce(packet, sink));
        }
        while (_unknowns.MoveNext());
        return traces.DrainToImmutable();
    }

    /// <summary>The same for a packet with one outcome, whatever the unknowns; null, after a look at the first, for one with several.</summary>
    /// <inheritdoc cref="Trace" path="/exception"/>
    internal Trace? TraceCertain(Packet packet)
    {
        Start(packet, TraceOptions.Default);
        var trace = TraceOnce(packet, new TraceSink(TraceOptions.Default.IncludesPassedRules, _failures));
        return _unknowns.MoveNext() ? null : trace;
    }

    private Trace TraceOnce(Packet packet, TraceSink sink)
    {
        sink.Start();
        var end = _journey.Run(packet, sink);
        return new Trace
        {
            Packet = packet,
            Steps = sink.Steps,
            Rewrites = sink.Rewrites,
            Verdict = end.Verdict,
            Delivery = end.Interface is null
                ? null : new Delivery(end.IsLocal ? "local" : "remote", end.Interface, _state.Destination),
            Lost = end.IsLost ? "routing" : null,
            Assumptions = [.. _unknowns.Assumptions],
        };
    }

    /// <summary>What becomes of a packet, without its steps: for streams.</summary>
    /// <param name="packet">A packet of the rules' family.</param>
    /// <param name="outcomes">Cleared, and filled with one entry for each possible outcome of the unknowns met.</param>
    /// <param name="options">What to assume.</param>
    /// <inheritdoc cref="Trace" path="/exception"/>
    public void Classify(Packet packet, List<Classification> outcomes, TraceOptions? options = null)
    {
        options ??= TraceOptions.Default;
        outcomes.Clear();
        Start(packet, options);
        do
        {
            if (outcomes.Count >= options.MaxOutcomes)
            {
                throw TooMany(outcomes[^1].Assumptions, options);
            }
            _classification.Start();
            var end = _journey.Run(packet, _classification);
            outcomes.Add(new Classification(
                end.Verdict,
                end.IsLost,
                _classification.Chain,
                _classification.RuleNumber,
                _classification.Line,
                _classification.Rewrites,
                _unknowns.Assumptions.Count == 0 ? [] : [.. _unknowns.Assumptions]));
        }
        while (_unknowns.MoveNext());
    }

    private void Start(Packet packet, TraceOptions options)
    {
        if (packet.Family != _rules.Family)
        {
            throw new ArgumentException($"A packet of {packet.Family} cannot meet rules of {_rules.Family}", nameof(packet));
        }
        _unknowns.Start(options.Assumptions);
    }

    private static EvaluationLimitException TooMany(IEnumerable<Assumption> last, TraceOptions options)
    {
        var unknowns = string.Join(", ", last.Select(a => $"{a.Name} at {a.Place}").Distinct().Take(UnknownsNamed));
        return new EvaluationLimitException(string.Create(
            CultureInfo.InvariantCulture,
            $"The packet has more than {options.MaxOutcomes} possible outcomes, which hang on {unknowns} and others"));
    }
}
