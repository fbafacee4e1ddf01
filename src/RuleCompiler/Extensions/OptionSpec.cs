using System.Collections.Immutable;
using System.Text;

namespace RuleCompiler.Extensions;

/// <summary>One option of an extension: how it is spelt, read, checked and printed.</summary>
/// <remarks>
/// Specs are compared by reference; an extension holds each in a static field. <c>Options/</c> has one
/// class for each kind of value.
/// </remarks>
internal abstract class OptionSpec
{
    protected OptionSpec(string name)
    {
        Name = name;
        NameBytes = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>The spelling that iptables-save prints, dashes included.</summary>
    public string Name { get; }

    /// <summary><see cref="Name"/> in bytes.</summary>
    public byte[] NameBytes { get; }

    /// <summary>Other spellings, dashes included (<c>--destination-port</c> for <c>--dport</c>).</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Whether <c>!</c> may stand before it.</summary>
    public bool IsNegatable { get; init; }

    /// <summary>Whether it may be given more than once for one match or target.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Arguments that follow: 0 for a flag; they are taken even where they begin with a dash.</summary>
    public virtual int ValueCount => 1;

    /// <summary>Whether the value may be left out; what follows is then taken only if it is neither an option nor <c>!</c>.</summary>
    public virtual bool IsValueOptional => false;

    /// <summary>Reads and checks the value; on failure reports through <paramref name="reader"/> and returns null.</summary>
    public abstract object? Read(OptionReader reader);

    /// <summary>Prints the value as iptables-save does, without the option's name.</summary>
    public abstract void WriteValue(object value, RuleTextWriter writer);

    /// <summary>Prints name and value; overridden where a value changes the spelling.</summary>
    public virtual void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        writer.Option(Name, isNegated);
        WriteValue(value, writer);
    }
}
