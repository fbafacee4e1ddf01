using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Shows a finding by a packet, which the evaluator has treated as the proof says.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class OrderingWitness(LintContext context, SpaceRuleset rules, TargetBoxes boxes, Evaluator evaluator)
{
    private const int Attempts = 4;
    private const int WideBoxes = 2;

    /// <summary>Ports to try besides the most usual one, which rules before often name.</summary>
    private static readonly ushort[] OtherPorts = [8080, 50000];

    private readonly WitnessPicker _picker = new(rules.Layout, context.Host);
    private readonly PacketProbe _probe = new(context, evaluator);

    /// <summary>The finding with a packet that the rule names and that is treated otherwise, or that matches it; without one where none is found.</summary>
    /// <param name="facts">What is proven of the rule.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="finding">The finding.</param>
    public Finding Add(RuleFacts facts, RuleSymbol rule, Finding finding)
    {
        if (facts.Witness is not { } cell || IsByChance(cell))
        {
            return finding;
        }
        foreach (var packet in Candidates(facts, cell, rule))
        {
            if (_probe.TraceCertain(packet) is { } trace && Shows(facts, cell, rule, trace))
            {
                return finding with
                {
                    Witness = PacketExpression.Format(packet),
                    WitnessOutcome = OutcomeOf(trace),
                    Assumptions = [.. trace.Assumptions.Select(assumption => assumption.ToString())],
                };
            }
        }
        return finding;
    }

    /// <summary>The usual packets that a rule names, which are easier to read than those at a corner of its box that a proof is by; then these.</summary>
    private IEnumerable<Packet> Candidates(RuleFacts facts, Cell cell, RuleSymbol rule)
    {
        // A repetition is proven by all its packets at once.
        if (facts is { Standing: not RuleStanding.Shadowed, IsRepetition: false })
        {
            foreach (var box in boxes.OfRule(facts.Hook, rules.Chains[rule.Chain.Index], rule.RuleNumber).Take(WideBoxes))
            {
                var packet = _picker.Pick(box, 0);
                yield return packet;
                foreach (var port in packet.Destination.Port is null ? [] : OtherPorts)
                {
                    yield return packet with { Destination = packet.Destination with { Port = port } };
                }
                for (var attempt = 1; attempt < Attempts; attempt++)
                {
                    var other = _picker.Pick(box, attempt);
                    yield return packet with { Source = packet.Source with { Address = other.Source.Address } };
                    yield return other;
                }
            }
        }
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            yield return _picker.Pick(cell.Box, attempt);
        }
    }

    /// <summary>Whether something that no packet and no machine tells brought the packets there, so that none has one outcome only.</summary>
    private bool IsByChance(Cell cell)
    {
        for (var assumed = cell.Assumed; assumed is not null; assumed = assumed.Before)
        {
            if (rules.UnknownTable[assumed.Variable] is { IsStateful: true, Condition: Condition.UnknownCondition { Told: null } })
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A packet of a dead rule passes it by and is decided where the proof has it; of another rule it matches.</summary>
    private bool Shows(RuleFacts facts, Cell cell, RuleSymbol rule, Trace trace) => facts.Standing == RuleStanding.Shadowed
        ? !trace.Steps.Any(step => _probe.RuleOf(step) == rule) && cell.DecidingChain is { } chain
            && trace.Steps.Any(step => _probe.ChainOf(step).Symbol == chain && (step.Rule ?? 0) == cell.DecidingRule)
        : trace.Steps.Any(step => _probe.RuleOf(step) == rule);

    private static string OutcomeOf(Trace trace) => string.Join(
        ", ", trace.Rewrites.Select(rewrite => $"{rewrite.Kind} {rewrite.Destination ?? rewrite.Source}").Append(trace.Verdict.Name()));
}
