using RuleCompiler.Diagnostics;
using RuleCompiler.Formatting;
using RuleCompiler.Syntax;

namespace RuleCompiler.Fuzz;

/// <summary>What holds of the canonical text of any dump: it can be read, is canonical itself, and means the same.</summary>
internal static class FormatLaws
{
    /// <param name="compilation">A dump without errors.</param>
    /// <returns>What does not hold; null where everything does.</returns>
    public static string? FindBroken(Compilation compilation)
    {
        var canonical = DumpFormatter.Format(compilation);
        var again = Compilation.Create(SyntaxTree.Parse(canonical), compilation.Options);
        if (again.Tree.Lines.IsEmpty)
        {
            return null; // tables without chains are printed as nothing, which is no dump
        }
        if (again.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
        {
            return $"the canonical text is refused: {error}\n{canonical}";
        }
        var twice = DumpFormatter.Format(again);
        if (!twice.Bytes.SequenceEqual(canonical.Bytes))
        {
            return $"formatted twice it differs\n{canonical}\n{twice}";
        }
        if (CanonicalCheck.FindDifference(canonical, twice) is { } line)
        {
            return $"the check finds a difference at line {line} of\n{canonical}";
        }
        var before = TableRows.Of(compilation);
        var after = TableRows.Of(again);
        var lost = before.Except(after).FirstOrDefault();
        var gained = after.Except(before).FirstOrDefault();
        return lost is null && gained is null ? null : $"'{lost}' became '{gained}'\n{canonical}";
    }
}
