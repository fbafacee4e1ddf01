using System.Collections.Immutable;
using RuleCompiler.Linting.Ordering;
using RuleCompiler.Linting.Sidecar;

namespace RuleCompiler.Linting;

/// <summary>Every analyzer.</summary>
internal static class AnalyzerCatalog
{
    /// <summary>All of them, in the order of their first check's ID.</summary>
    public static ImmutableArray<LintAnalyzer> All { get; } =
    [
        new ShadowedRuleAnalyzer(),
        new CatchAllAnalyzer(),
        new ContradictionAnalyzer(),
        new RedundantRuleAnalyzer(),
        new NatStateAnalyzer(),
        new AfterRewriteAnalyzer(),
        new WrongInterfaceAnalyzer(),
        new OtherRouteAnalyzer(),
        new DuplicateRuleAnalyzer(),
        new UnreferencedChainAnalyzer(),
        new IdleJumpAnalyzer(),
        new UnusedMarkAnalyzer(),
        new BypassedByDnatAnalyzer(),
        new DeadNatAnalyzer(),
        new ReplyDroppedAnalyzer(),
        new LoopbackDroppedAnalyzer(),
        new NeighbourDiscoveryDroppedAnalyzer(),
        new PathMtuDroppedAnalyzer(),
        new UnusedPolicyAnalyzer(),
        new FamilyDifferenceAnalyzer(),
        new MergeableRulesAnalyzer(),
        new UnhitRuleAnalyzer(),
        new RedirectLoopAnalyzer(),
        new InboundLoopAnalyzer(),
        new NoCaptureAnalyzer(),
        new InboundByListAnalyzer(),
        new ExcludedInboundAnalyzer(),
        new ExcludedOutboundAnalyzer(),
        new SelfPortCapturedAnalyzer(),
        new SelfCallBypassAnalyzer(),
        new ShadowedProxyUidAnalyzer(),
        new OwnerAsymmetryAnalyzer(),
        new OwnerMismatchAnalyzer(),
        new AppIsProxyAnalyzer(),
        new CapturePreemptedAnalyzer(),
        new LateExclusionAnalyzer(),
        new TwoMeshesAnalyzer(),
        new RepeatedJumpAnalyzer(),
        new PodRulesOnNodeAnalyzer(),
        new DnsLoopAnalyzer(),
        new DnsProtocolsAnalyzer(),
        new DnsZoneAnalyzer(),
        new DualStackGapAnalyzer(),
        new PassthroughRewrittenAnalyzer(),
        new InvalidPassesAnalyzer(),
        new ProbeCapturedAnalyzer(),
        new TproxyRouteAnalyzer(),
    ];

    /// <summary>All their checks, and the linter's own, by ID.</summary>
    public static ImmutableArray<LintCheck> Checks { get; } =
    [
        .. All.SelectMany(analyzer => analyzer.Checks)
            .Append(SuppressionList.UnusedSuppression)
            .OrderBy(check => check.Id, StringComparer.Ordinal),
    ];
}
