using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j REDIRECT</c>: sends the connection to this host, on the same or another port.</summary>
/// <remarks>
/// Source: net/netfilter/nf_nat_redirect.c: to the incoming interface's primary address, in OUTPUT to the
/// loopback address. iptables-extensions(8), REDIRECT.
/// </remarks>
internal sealed class RedirectTarget : NatTarget
{
    private static readonly NatPortsOption Ports = new("--to-ports");
    private static readonly FlagOption Random = new("--random");

    public override string Name => "REDIRECT";

    public override ImmutableArray<OptionSpec> Options { get; } = [Ports, Random];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting | HookSet.Output;

    public override RuleAction Lower(BoundTarget target) => new(
        ActionKind.Redirect,
        Name,
        new NatRange(null, null, target.TryGet(Ports, out var ports) ? ports : null)
            .ToEffect(target.Has(Random) ? TranslateFlags.Random : TranslateFlags.None));
}
