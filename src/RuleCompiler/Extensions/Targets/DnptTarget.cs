using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j DNPT</c>: gives the destination another prefix, and goes on.</summary>
internal sealed class DnptTarget() : PrefixTranslationTarget(isSource: false)
{
    public override string Name => "DNPT";

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting | HookSet.Output;
}
