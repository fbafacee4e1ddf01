using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j SET</c>: adds the packet's addresses to a set, takes them out, or takes marks from it, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_set.c, <c>set_target_v3</c>; extensions/libxt_SET.c; iptables-extensions(8), SET.</remarks>
internal sealed class SetTarget : TargetExtension
{
    private const uint MaxTimeout = uint.MaxValue - 1; // -1 is the kernel's 'not given'

    private static readonly SetReferenceOption Add = new("--add-set");
    private static readonly FlagOption Exist = new("--exist");
    private static readonly NumberOption Timeout = new("--timeout", 0, MaxTimeout);
    private static readonly SetReferenceOption Delete = new("--del-set");
    private static readonly SetReferenceOption Map = new("--map-set");
    private static readonly FlagOption MapMark = new("--map-mark");
    private static readonly FlagOption MapPriority = new("--map-prio");
    private static readonly FlagOption MapQueue = new("--map-queue");

    public override string Name => "SET";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } =
        [Add, Exist, Timeout, Delete, Map, MapMark, MapPriority, MapQueue];

    public override TableSet TablesFor(BoundExtension use) => use.Has(Map) ? TableSet.Mangle : TableSet.All;

    public override HookSet HooksFor(BoundExtension use) =>
        use.Has(MapPriority) || use.Has(MapQueue) ? HookSet.Forward | HookSet.Output | HookSet.Postrouting : HookSet.All;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        foreach (var option in use.Options)
        {
            var needed =
                ReferenceEquals(option.Spec, Exist) || ReferenceEquals(option.Spec, Timeout) ? Add
                : ReferenceEquals(option.Spec, MapMark)
                    || ReferenceEquals(option.Spec, MapPriority)
                    || ReferenceEquals(option.Spec, MapQueue) ? Map
                : null;
            if (needed is not null && !use.Has(needed))
            {
                checker.Report(use, option, ExtensionDiagnostics.NeedsOther, option.Spec.Name, needed.Name);
            }
        }
        if (use.Find(Map) is { } map && !use.Has(MapMark) && !use.Has(MapPriority) && !use.Has(MapQueue))
        {
            checker.Report(
                use, map, ExtensionDiagnostics.NeedsOneOf, Map.Name, $"{MapMark.Name}, {MapPriority.Name}, {MapQueue.Name}");
        }
    }

    /// <summary>The sets whose members a target changes.</summary>
    public static IEnumerable<string> ChangedBy(BoundTarget target) => target.Extension is not SetTarget
        ? []
        : target.Options.Where(option => ReferenceEquals(option.Spec, Add) || ReferenceEquals(option.Spec, Delete))
            .Select(option => ((SetReference)option.Value).Name);

    public override RuleAction Lower(BoundTarget target) =>
        new(ActionKind.Continue, Name, new Effect.ChangeSet(target.OptionText, target.Has(MapMark)));
}
