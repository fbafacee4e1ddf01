using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j SNPT</c>: gives the source another prefix, and goes on.</summary>
internal sealed class SnptTarget() : PrefixTranslationTarget(isSource: true)
{
    public override string Name => "SNPT";

    public override HookSet HooksFor(BoundExtension use) => HookSet.Input | HookSet.Postrouting;
}
