using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>INPUT rules that stop packets which never come to INPUT, because nat sends them elsewhere.</summary>
internal sealed class BypassedByDnatAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor BypassedByDnat { get; } = new("IPT3015", DiagnosticSeverity.Warning)
    {
        Title = "Closed port that DNAT opens",
        Message = "Packets that this rule would stop get to another host through {0}: they are forwarded, and INPUT never sees them",
        Explanation = """
            DNAT in PREROUTING decides before routing does: a packet to an address of this host leaves for a container or
            another machine and passes FORWARD, not INPUT. So a port published by Docker stays open, whatever INPUT says.
            Stop such packets in FORWARD (Docker has DOCKER-USER for it), by their new destination or by
            -m conntrack --ctorigdstport.

            A warning where the rule names a destination port or a source, so that these very packets were meant. Information
            where it names neither, and where nat divides the packets on purpose: others to the same port by the same
            interface come to the rule, as kube-proxy has it for services without a local endpoint.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD ACCEPT [0:0]
            [|-A INPUT -s 198.51.100.0/24 -p tcp -j DROP|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD ACCEPT [0:0]
            -A INPUT -s 198.51.100.0/24 -p tcp -j DROP
            -A FORWARD -s 198.51.100.0/24 -p tcp -j DROP
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(BypassedByDnat, "bypassed-by-dnat")];

    public override IEnumerable<Finding> Analyze(LintContext context) => !SendsElsewhere(context) ? [] :
        from table in context.Tables.Tables
        where table.Rows.Any(Stops) && context.Calls.HooksOf(table.Chain.Index).Contains(Hook.Input)
        from row in table.Rows
        where Stops(row) && !IsForLoopback(context, row)
        let finding = Find(context, new RuleSymbol(table.Chain, row.RuleNumber), row)
        where finding is not null
        select finding;

    private static bool Stops(Row row) => row.Kind is ActionKind.Drop or ActionKind.Reject;

    /// <summary>Whether a rule asks for a destination that nothing from outside has.</summary>
    private static bool IsForLoopback(LintContext context, Row row)
    {
        var network = HostJourneys.LoopbackNetwork(context.Family);
        foreach (var reference in context.Tables.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            if ((reference & 1) == 0
                && context.Tables.Predicates[reference >> 1].Condition is Condition.FieldCondition { TestedField: PacketField.Destination, Set: { IsMasked: false } set }
                && set.Ranges.All(range => network.Contains(range.Low) && network.Contains(range.High)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether nat gives any arriving packet another host as destination.</summary>
    private static bool SendsElsewhere(LintContext context) => context.Tables.Tables.Any(table => table.Chain.Table == TableKind.Nat
        && table.Rows.Any(row => row.Kind is ActionKind.Dnat or ActionKind.Netmap)
        && context.Calls.HooksOf(table.Chain.Index).Contains(Hook.Prerouting));

    private static Finding? Find(LintContext context, RuleSymbol rule, Row row)
    {
        var journeys = context.Journeys;
        using var turn = journeys.Begin();
        try
        {
            foreach (var box in BoxesStoppedWithoutNat(journeys, rule))
            {
                foreach (var end in journeys.Run(box.Box, given: box.Assumed))
                {
                    if (end.Verdict == CellVerdict.Accept && journeys.IsForwardedElsewhere(end) && Show(context, rule, row, end) is { } finding)
                    {
                        return finding;
                    }
                }
            }
        }
        catch (OutOfStepsException)
        {
            context.GiveUp(rule, "whether packets that it would stop are sent elsewhere by nat");
        }
        return null;
    }

    private static IEnumerable<Cell> BoxesStoppedWithoutNat(HostJourneys journeys, RuleSymbol rule) =>
        from own in journeys.OfRule(Hook.Input, rule)
        from arriving in journeys.Arriving
        let box = journeys.Meet(own, arriving)
        where box is not null
        from end in journeys.Run(box, isWithoutNat: true, rule)
        where end.IsHit && end.Taker == new Taker(rule.Chain, rule.RuleNumber, Hook.Input)
        select end;

    /// <summary>The finding with a packet that evaluation treats so.</summary>
    private static Finding? Show(LintContext context, RuleSymbol rule, Row row, Cell end)
    {
        var probe = new PacketProbe(context, context.Tables);
        var without = new PacketProbe(context, context.Tables.Without(TableKind.Nat));
        Trace? passed = null;
        var packet = context.Journeys.FindPacket(end.Box, one =>
            (passed = probe.Trace(one).FirstOrDefault(trace => trace is { Verdict: Verdict.Accept, Delivery.To: "remote" }
                && trace.Rewrites.Any(rewrite => rewrite.Destination is not null))) is not null
            && without.CanBe(one, trace => HostPackets.IsStopped(trace) && without.RuleOf(trace.Steps[^1]) == rule));
        if (packet is null || passed is null
            || passed.Steps.FirstOrDefault(step => step is { Hook: Hook.Prerouting, Table: TableKind.Nat, Action: "dnat" or "netmap" }) is not { } translation
            || probe.RuleOf(translation) is not { } dnat)
        {
            return null;
        }
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rule {dnat.RuleNumber} of {dnat.Chain.Name}");
        return context.FindingAt(BypassedByDnat, rule, name) with
        {
            Severity = context.Names(rule, PacketField.DestinationPort, PacketField.Source) && !StopsOthers(context.Journeys, rule, packet) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            Because =
            [
                context.CauseAt(dnat, "sends them to another host"),
                .. passed.Steps.LastOrDefault(step => step.Hook == Hook.Forward) is { } forwarded
                    ? new[]
                    {
                        probe.RuleOf(forwarded) is { } accepting
                            ? context.CauseAt(accepting, "lets them through")
                            : context.CauseAt(probe.ChainOf(forwarded).Symbol, "the policy lets them through"),
                    }
                    : [],
            ],
            Witness = PacketExpression.Format(packet),
            WitnessOutcome = $"forwarded to {passed.Rewrites.First(rewrite => rewrite.Destination is not null).Destination}, not stopped",
            Assumptions = [.. passed.Assumptions.Select(assumption => assumption.ToString())],
        };
    }

    /// <summary>Whether the rule stops other first packets to the same address and port by the same interface, which nat leaves alone.</summary>
    private static bool StopsOthers(HostJourneys journeys, RuleSymbol rule, Packet packet)
    {
        var alike = journeys.AlikeIn(
            (PacketField.Protocol, packet.Protocol),
            (PacketField.InInterface, InterfaceName.Pack(packet.InInterface ?? "")),
            (PacketField.Destination, packet.Destination.Address.Value),
            (PacketField.DestinationAddressType, (UInt128)(int)AddressType.Local),
            (PacketField.DestinationAddressTypeOnIn, (UInt128)(int)AddressType.Local),
            (PacketField.DestinationPort, packet.Destination.Port ?? 0));
        return (from own in journeys.OfRule(Hook.Input, rule)
                from arriving in journeys.Arriving
                let box = journeys.Meet(own, arriving)
                where box is not null
                let narrowed = journeys.Meet(box, alike)
                where narrowed is not null
                from end in journeys.Run(narrowed, rule: rule)
                where end.IsHit
                select end).Any();
    }
}
