using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>A set of packets as people write it: <c>tcp 10.0.0.0/8:* -> !127.0.0.0/8:80,443 uid !1337 out lo</c>.</summary>
/// <remarks>
/// The language is that of packets, with <c>*</c>, networks, ranges, lists and <c>!</c> before a list. What an expression
/// does not name it does not limit; but without <c>in</c> the packets are locally generated.
/// </remarks>
public sealed class SpaceExpression
{
    internal SpaceExpression(
        string text,
        Family? family,
        Condition condition,
        ImmutableArray<SpaceFacts> alternatives = default,
        ImmutableArray<(SpaceFact Fact, Location Place)> facts = default)
    {
        Text = text;
        Family = family;
        Condition = condition;
        Alternatives = alternatives.IsDefault ? [SpaceFacts.Empty] : alternatives;
        Facts = facts.IsDefault ? [] : facts;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>The family that addresses or protocol belong to; null where either will do.</summary>
    public Family? Family { get; }

    /// <summary>What the fields of the packets have in common, as they enter the host.</summary>
    internal Condition Condition { get; }

    /// <summary>What else holds of them, in disjoint alternatives; one that says nothing where nothing is said.</summary>
    internal ImmutableArray<SpaceFacts> Alternatives { get; }

    /// <summary>What the alternatives speak of, and where the expression does.</summary>
    internal ImmutableArray<(SpaceFact Fact, Location Place)> Facts { get; }

    /// <summary>Reads one expression.</summary>
    /// <param name="text">The text that holds it.</param>
    /// <param name="span">Where in it; null: all of it.</param>
    /// <returns>The space, null where there is an error; and every problem found, in order of place.</returns>
    public static (SpaceExpression? Space, ImmutableArray<Diagnostic> Diagnostics) Parse(SourceText text, TextSpan? span = null)
    {
        var diagnostics = new DiagnosticBag();
        var whole = span ?? new TextSpan(0, text.Length);
        var syntax = PacketSyntaxParser.Parse(text, whole, diagnostics);
        var space = new SpaceReader(text, diagnostics).Read(syntax, text.ToString(whole).Trim());
        var all = diagnostics.ToImmutable();
        return (all.IsEmpty ? space : null, all);
    }

    public override string ToString() => Text;
}
