using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions;

/// <summary>What matches and targets have in common: a name, options, and where they may stand.</summary>
/// <remarks>
/// Everything the compiler knows of an extension is in its one class: reading, checking and printing come
/// from <see cref="Options"/> and the overrides here, meaning from its <c>Lower</c>.
/// </remarks>
internal abstract class Extension
{
    /// <summary>The name behind <c>-m</c> or <c>-j</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Other names that load it (<c>icmpv6</c> for <c>icmp6</c>).</summary>
    public virtual ImmutableArray<string> Aliases => [];

    /// <summary>Its options, in the order in which iptables-save prints them.</summary>
    /// <remarks>Held in a static field: the binder asks for every rule.</remarks>
    public abstract ImmutableArray<OptionSpec> Options { get; }

    /// <summary>The only family it exists for; null for both.</summary>
    public virtual Family? OnlyFamily => null;

    /// <summary>Options that must be given.</summary>
    public virtual ImmutableArray<OptionSpec> RequiredOptions => [];

    /// <summary>Whether at least one option must be given.</summary>
    public virtual bool NeedsAnOption => false;

    /// <summary>Groups of options of which a rule may give only one.</summary>
    public virtual ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions => [];

    /// <summary>Protocols of which <c>-p</c> must name one, not negated; empty for any.</summary>
    public virtual ImmutableArray<byte> Protocols => [];

    /// <summary>Tables in which this use may stand.</summary>
    public virtual TableSet TablesFor(BoundExtension use) => TableSet.All;

    /// <summary>Hooks from which the rule may be reached, through user chains too.</summary>
    public virtual HookSet HooksFor(BoundExtension use) => HookSet.All;

    /// <summary>Checks what single options cannot: combinations, limits over several.</summary>
    public virtual void Check(BoundExtension use, ExtensionChecker checker)
    {
    }

    /// <summary>Prints the options in the order of <see cref="Options"/>, repeated ones in the order given.</summary>
    public virtual void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        foreach (var spec in Options)
        {
            foreach (var option in use.Options)
            {
                if (ReferenceEquals(option.Spec, spec))
                {
                    spec.Write(option.Value, option.IsNegated, writer);
                }
            }
        }
    }
}
