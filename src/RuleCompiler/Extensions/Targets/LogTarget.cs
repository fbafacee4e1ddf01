using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j LOG</c>: writes the packet to the kernel's log, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_LOG.c; iptables-extensions(8), LOG.</remarks>
internal sealed class LogTarget : TargetExtension
{
    private const int PrefixBytes = 29; // struct xt_log_info has 30 with the final zero

    public override string Name => "LOG";

    public override ImmutableArray<OptionSpec> Options { get; } =
    [
        new TruncatedTextOption("--log-prefix", PrefixBytes),
        new LogLevelOption("--log-level"),
        new FlagOption("--log-tcp-sequence"),
        new FlagOption("--log-tcp-options"),
        new FlagOption("--log-ip-options"),
        new FlagOption("--log-uid"),
        new FlagOption("--log-macdecode"),
    ];

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Log(target.OptionText));
}
