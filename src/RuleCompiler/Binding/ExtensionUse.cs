using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Extensions;

namespace RuleCompiler.Binding;

/// <summary>A match or target of the rule being read, with the options found so far. Reused from rule to rule.</summary>
internal sealed class ExtensionUse
{
    private readonly List<BoundOption> _options = [];

    /// <summary>The extension; null for one that the compiler does not know.</summary>
    public Extension? Extension { get; private set; }

    /// <summary>Its name as written.</summary>
    public string Name { get; private set; } = "";

    public int NameToken { get; private set; }

    public bool IsTarget { get; private set; }

    public IReadOnlyList<BoundOption> Options => _options;

    /// <summary>Whether an option's value could not be read: then what else seems to be wrong may come from that.</summary>
    public bool HasUnreadOption { get; set; }

    /// <summary>Where the extension is unknown: its options as written.</summary>
    public StringBuilder UnknownText { get; } = new();

    public void Reset(Extension? extension, string name, int nameToken, bool isTarget)
    {
        Extension = extension;
        Name = name;
        NameToken = nameToken;
        IsTarget = isTarget;
        HasUnreadOption = false;
        _options.Clear();
        UnknownText.Clear();
    }

    public void Add(BoundOption option) => _options.Add(option);

    /// <summary>Puts another value in place of that of the option last added for <paramref name="spec"/>.</summary>
    public void Replace(OptionSpec spec, object value)
    {
        var index = _options.FindLastIndex(o => ReferenceEquals(o.Spec, spec));
        _options[index] = _options[index] with { Value = value };
    }

    public ImmutableArray<BoundOption> ToOptions() => [.. _options];

    public bool Has(OptionSpec spec)
    {
        foreach (var option in _options)
        {
            if (ReferenceEquals(option.Spec, spec))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The option spelt exactly so, or null.</summary>
    public OptionSpec? FindExact(ReadOnlySpan<byte> name)
    {
        if (Extension is null)
        {
            return null;
        }
        foreach (var spec in Extension.Options)
        {
            if (name.SequenceEqual(spec.NameBytes))
            {
                return spec;
            }
            foreach (var alias in spec.Aliases)
            {
                if (Ascii.Equals(name, alias))
                {
                    return spec;
                }
            }
        }
        return null;
    }
}
