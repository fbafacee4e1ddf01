using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Formatting;

/// <summary>Prints a dump as iptables-save 1.8.9 prints it after loading it.</summary>
/// <remarks>
/// Source: iptables/iptables-save.c and xtables-save.c. What differs on purpose: counters are those of the input, tables
/// keep its order, and its comments stay, headers and footers among them. Headers are added only where the output
/// would be read as another family or flavour than the input without them.
/// </remarks>
internal static class DumpFormatter
{
    /// <param name="compilation">A dump without errors.</param>
    /// <returns>The canonical text, under the path of the dump; empty where nothing is in any table.</returns>
    /// <exception cref="InvalidOperationException">The dump has errors.</exception>
    public static SourceText Format(Compilation compilation)
    {
        if (compilation.HasErrors)
        {
            throw new InvalidOperationException("a dump with errors has no canonical form");
        }
        var sections = Sections(compilation);
        var text = Write(compilation.Tree, sections);
        return IsReadAlike(text, sections, compilation.Options)
            ? text
            : Write(compilation.Tree, [.. sections.Select(s => s with { NeedsHeader = !s.TellsFamily })]);
    }

    /// <summary>The tables in the order of the input. Loading a section without lines makes no table in nf_tables.</summary>
    private static ImmutableArray<FormattedSection> Sections(Compilation compilation)
    {
        var syntax = compilation.Tree.Tables.Where(t => t.Header is not null).ToDictionary(t => t.Header?.LineNumber ?? 0);
        return
        [
            .. from ruleset in compilation.Families.Select(compilation.GetRuleset).OfType<BoundRuleset>()
               from table in ruleset.TableSymbols
               where ruleset.Flavour == Flavour.Legacy || !table.Chains.IsEmpty
               orderby table.Line
               select new FormattedSection(ruleset, table, syntax.GetValueOrDefault(table.Line)),
        ];
    }

    private static SourceText Write(SyntaxTree tree, ImmutableArray<FormattedSection> sections)
    {
        var comments = new KeptComments(tree, [.. sections.SelectMany(s => s.InputLines)]);
        using var output = new Utf8Buffer();
        foreach (var section in sections)
        {
            section.Write(output, comments);
        }
        comments.WriteRest(output);
        return SourceText.From(output.WrittenSpan.ToArray(), tree.Text.Path);
    }

    /// <summary>Whether each table of a formatted text is taken for what it is, as far as no option forces that.</summary>
    private static bool IsReadAlike(SourceText text, ImmutableArray<FormattedSection> sections, CompilationOptions options)
    {
        if (sections.All(s => s.TellsFamily))
        {
            return true;
        }
        var origins = FamilyInference.Infer(SyntaxTree.Parse(text), options);
        return sections.Select(s => (s.Ruleset.Family, s.Ruleset.Flavour)).SequenceEqual(origins);
    }
}
