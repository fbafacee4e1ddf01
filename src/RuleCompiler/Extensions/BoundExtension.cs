using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RuleCompiler.Extensions;

/// <summary>A match or target as a rule uses it: its options with their values.</summary>
/// <param name="context">The rule.</param>
/// <param name="nameToken">Index of the token that names the extension; the rule's first token where it came implicitly.</param>
/// <param name="options">Options in the order given.</param>
internal abstract class BoundExtension(RuleContext context, int nameToken, ImmutableArray<BoundOption> options)
{
    public RuleContext Context { get; } = context;

    public int NameToken { get; } = nameToken;

    public ImmutableArray<BoundOption> Options { get; } = options;

    public bool Has(OptionSpec spec) => Find(spec) is not null;

    public bool IsNegated(OptionSpec spec) => Find(spec) is { IsNegated: true };

    /// <summary>The option as given, or null; of a repeated one the first.</summary>
    public BoundOption? Find(OptionSpec spec)
    {
        foreach (var option in Options)
        {
            if (ReferenceEquals(option.Spec, spec))
            {
                return option;
            }
        }
        return null;
    }

    public bool TryGet<T>(OptionSpec<T> spec, [NotNullWhen(true)] out T? value)
        where T : notnull
    {
        if (Find(spec) is { } option)
        {
            value = (T)option.Value;
            return true;
        }
        value = default;
        return false;
    }

    public T GetOr<T>(OptionSpec<T> spec, T fallback)
        where T : notnull => TryGet(spec, out var value) ? value : fallback;

    /// <summary>The options as iptables-save prints them, without the extension's name: the text of an unknown.</summary>
    public abstract string OptionText { get; }
}
