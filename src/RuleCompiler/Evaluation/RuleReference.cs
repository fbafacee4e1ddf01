using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Evaluation;

/// <summary>A rule as people name it: <c>TABLE:CHAIN:RULE</c>.</summary>
internal readonly record struct RuleReference(TableKind Table, string Chain, int Rule)
{
    /// <summary>Reads what <see cref="ToString"/> writes; a chain's name may hold colons.</summary>
    public static bool TryParse(string text, out RuleReference reference)
    {
        reference = default;
        if (text.Split(':') is not [var table, .. { Length: > 0 } chain, var number]
            || NetfilterNames.FindTable(table) is not { } kind
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var rule))
        {
            return false;
        }
        reference = new RuleReference(kind, string.Join(':', chain), rule);
        return true;
    }

    public bool IsAt(TraceStep step) => step.Table == Table && step.Chain == Chain && step.Rule == Rule;

    public override string ToString() => string.Create(null, $"{Table.Name()}:{Chain}:{Rule}");
}
