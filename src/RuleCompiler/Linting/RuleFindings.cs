using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>Findings and causes at rules and policies.</summary>
internal static class RuleFindings
{
    /// <summary>A finding about a rule, with its descriptor's severity.</summary>
    public static Finding FindingAt(
        this LintContext context, DiagnosticDescriptor descriptor, RuleSymbol rule, params ImmutableArray<string> arguments) => new()
        {
            Descriptor = descriptor,
            Severity = descriptor.Severity,
            Location = context.LocationOf(rule),
            Message = descriptor.Format(arguments),
            Family = context.Family,
            Chain = rule.Chain,
            RuleNumber = rule.RuleNumber,
        };

    /// <summary>A finding about a chain as a whole, or its policy: at its <c>:CHAIN</c> line.</summary>
    public static Finding FindingAt(
        this LintContext context, DiagnosticDescriptor descriptor, ChainSymbol chain, params ImmutableArray<string> arguments) => new()
        {
            Descriptor = descriptor,
            Severity = descriptor.Severity,
            Location = context.LocationOf(chain),
            Message = descriptor.Format(arguments),
            Family = context.Family,
            Chain = chain,
        };

    /// <summary>A finding about the family's rules as a whole: at the line of its first table.</summary>
    public static Finding FindingAtTables(
        this LintContext context, DiagnosticDescriptor descriptor, params ImmutableArray<string> arguments) => new()
        {
            Descriptor = descriptor,
            Severity = descriptor.Severity,
            Location = context.LineLocation(context.Ruleset.TableSymbols.Select(table => table.Line).FirstOrDefault(1)),
            Message = descriptor.Format(arguments),
            Family = context.Family,
        };

    /// <summary>A rule as a cause.</summary>
    public static Cause CauseAt(this LintContext context, RuleSymbol rule, string label) =>
        new(rule.Chain, rule.RuleNumber, context.LocationOf(rule), label);

    /// <summary>A chain, or its policy, as a cause.</summary>
    public static Cause CauseAt(this LintContext context, ChainSymbol chain, string label) =>
        new(chain, null, context.LocationOf(chain), label);

    /// <summary>The line that declares a chain; for a base chain that only rules name, the first rule's.</summary>
    public static Location LocationOf(this LintContext context, ChainSymbol chain) =>
        context.LineLocation(chain.DeclarationLine
            ?? context.Ruleset.Chains[chain.Index].Rules.Select(rule => rule.Line).FirstOrDefault(1));

    /// <summary>A number as texts have it.</summary>
    public static string Text(this ushort number) => number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Text(ushort)"/>
    public static string Text(this uint number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A line of the dump.</summary>
    public static Location LineLocation(this LintContext context, int line)
    {
        var text = context.Compilation.Tree.Text;
        return new Location(text, text.GetLineSpan(line - 1));
    }
}
